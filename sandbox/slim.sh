#!/bin/sh
# Runs inside the build, in the `root` stage: leaves what a sandbox needs and nothing that helps an
# attacker. Everything here is deterministic, so that the same inputs give the same files.
set -eu

# What is in the image, for `glovebox doctor` and for audits, before dpkg goes.
mkdir -p /opt/glovebox
dpkg-query -W -f '${Package}=${Version}\n' | sort > /opt/glovebox/debian-packages.txt

groupadd --gid 10001 glovebox
useradd --uid 10001 --gid 10001 --home-dir /work --no-create-home --shell /usr/sbin/nologin glovebox
mkdir -p /work
chown 10001:10001 /work
# A mounted folder gets the mode that it has here, and with Podman another owner.
chmod 1777 /work

# The name by which the runner is started, here and in a person's own image.
ln -s /usr/bin/python3 /opt/glovebox/python
ln -s /usr/bin/python3 /usr/local/bin/python

# The font list of matplotlib takes seconds to make: made once, here, and read-only afterwards.
if [ -d /usr/local/lib/python3.13/dist-packages/matplotlib ]; then
  MPLBACKEND=agg MPLCONFIGDIR=/opt/glovebox/matplotlib python3 -I -c 'import matplotlib.pyplot'
fi

# Byte code that needs no look at its source: quicker to import, the same on every machine.
python3 -I -m compileall -q -f -j 0 --invalidation-mode unchecked-hash \
  /usr/lib/python3.13 /usr/local/lib/python3.13/dist-packages

rm -rf /usr/lib/python3.13/ensurepip /usr/lib/python3.13/idlelib /usr/lib/python3.13/turtledemo \
  /usr/lib/python3.13/test /usr/lib/python3.13/pydoc_data /usr/lib/python3/dist-packages/pip

# Package managers and perl (only they and their scripts need it).
rm -rf /usr/bin/apt* /usr/lib/apt /etc/apt /var/lib/apt /var/cache /usr/bin/dpkg* /usr/sbin/dpkg* \
  /var/lib/dpkg /etc/dpkg /usr/share/dpkg /usr/lib/dpkg /usr/bin/perl* /usr/lib/*-linux-gnu/perl* \
  /usr/share/perl* /usr/lib/*-linux-gnu/libapt* /usr/bin/deb* /usr/share/debconf /usr/bin/sqv /var/log

# Documents, translations, time zones beyond UTC (Python has its own in tzdata).
rm -rf /usr/share/doc /usr/share/man /usr/share/info /usr/share/locale /usr/share/lintian \
  /usr/share/bash-completion /usr/share/bug /usr/share/zoneinfo /usr/share/debianutils /build

# Accounts, mounts and everything that is meant for root.
rm -rf /usr/bin/su /usr/bin/mount /usr/bin/umount /usr/bin/passwd /usr/bin/newgrp /usr/bin/chsh \
  /usr/bin/chfn /usr/bin/gpasswd /usr/bin/chage /usr/bin/expiry /usr/bin/unshare /usr/bin/nsenter \
  /usr/bin/setpriv /usr/bin/login /usr/sbin /etc/shadow* /etc/gshadow* /root
mkdir -p /usr/sbin /root /var/log /var/cache

find / -xdev -type f -perm /6000 -exec chmod a-s {} +
find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /work \) -prune \
  -o -type d -perm -0002 -exec chmod o-w {} +
