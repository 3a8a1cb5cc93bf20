#!/bin/sh
# Installs Debian's Chromium, and a font for Japanese, where that is allowed and they are missing.
[ -n "$CHROMIUM" ] || command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1 && exit 0
fi
echo "There is no Chromium, and it could not be installed."
