#!/bin/sh
# Installs Debian's Firefox where that is allowed and it is missing.
command -v firefox-esr >/dev/null || command -v firefox >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq firefox-esr fonts-noto-cjk >/dev/null 2>&1 && exit 0
fi
echo "There is no Firefox, and it could not be installed."
