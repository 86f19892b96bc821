#!/bin/sh
# A Chromium for the tests: the one that is there, else the distribution's where we may install it.
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "测试需要 Chromium,请先安装。The tests need a Chromium, install it first, on Debian: sudo apt-get install chromium fonts-noto-cjk" >&2
exit 2
