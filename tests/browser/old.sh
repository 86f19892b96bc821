#!/bin/sh
# The oldest browser that the site promises to work in, fetched once into build/chromium-109.
set -e
folder=build/chromium-109
if [ ! -x "$folder/chromium" ]; then
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent @sparticuz/chromium@109.0.6 >/dev/null && tar xzf sparticuz-chromium-109.0.6.tgz)
  node -e '
    const fs = require("fs"), [folder] = process.argv.slice(1);
    fs.writeFileSync(`${folder}/chromium`, require("zlib").brotliDecompressSync(fs.readFileSync(`${folder}/package/bin/chromium.br`)), {mode: 0o755});
  ' "$folder"
  rm -rf "$folder/package" "$folder"/*.tgz
fi
