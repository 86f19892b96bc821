#!/bin/sh
# A Chromium for the tests: one that is there, else the distribution's where we may install it. The headless shell is
# Chromium without its windows: the same pages, a third of the work.
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq; then
  for name in chromium-headless-shell chromium; do
    apt-get install -y -qq --no-install-recommends "$name" fonts-noto-cjk >/dev/null && exit 0
  done
fi
echo "测试需要 Chromium，请先安装。The tests need a Chromium, install it first, on Debian: sudo apt-get install chromium-headless-shell fonts-noto-cjk" >&2
exit 2
