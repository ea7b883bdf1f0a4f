#!/bin/sh
# A machine for a test: a real systemd as process 1 over a copy-on-write view of this system, with processes, mounts,
# cgroups and a network of its own. Needs root; nothing of it is left once its process 1 is killed.
#   machine.sh outside SCRATCH REPOSITORY NODE
#   machine.sh clean SCRATCH PID    takes away the control groups of the machine that was started with that process id
set -eu

case "$1" in
  outside)
    group=$2/cgroup
    mkdir -p "$group"
    mount -t cgroup2 cgroup2 "$group"
    mkdir "$group/starpunk-test-$$"
    echo $$ >"$group/starpunk-test-$$/cgroup.procs"
    umount "$group"
    shift
    exec unshare --mount --cgroup --pid --net --ipc --uts --fork --kill-child sh "$0" inside "$@"
    ;;
  clean)
    mkdir -p "$2/cgroup"
    mount -t cgroup2 cgroup2 "$2/cgroup"
    find "$2/cgroup/starpunk-test-$3" -depth -type d -exec rmdir {} +
    umount "$2/cgroup"
    ;;
  inside)
    scratch=$2 repository=$3 node=$4
    mount -t tmpfs tmpfs "$scratch"
    root=$scratch/root
    mkdir "$scratch/upper" "$scratch/work" "$root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" "$root"

    mount -t proc proc "$root/proc"
    mount --bind /proc/sys "$root/proc/sys" 2>/dev/null || mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,ro,bind "$root/proc/sys"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for device in null:3 zero:5 full:7 random:8 urandom:9; do
      mknod -m 666 "$root/dev/${device%:*}" c 1 "${device#*:}"
    done
    mknod -m 666 "$root/dev/tty" c 5 0
    mkdir "$root/dev/shm" "$root/dev/pts"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s pts/ptmx "$root/dev/ptmx"
    for directory in run tmp var/tmp root; do mount -t tmpfs -o mode=1777 tmpfs "$root/$directory"; done
    mkdir -p "$root/run/lock"

    # Nothing that happens to be installed here is started: only what the guide starts.
    rm -rf "$root/etc/systemd/system" "$root/etc/.env"
    rm -rf "$root/opt/starpunk"
    mkdir -p "$root/etc/systemd/system"
    for unit in systemd-logind.service dbus.service dbus.socket console-getty.service getty.target \
      systemd-modules-load.service systemd-remount-fs.service kmod-static-nodes.service systemd-networkd.service systemd-resolved.service systemd-udevd.service systemd-update-utmp.service; do
      ln -s /dev/null "$root/etc/systemd/system/$unit"
    done
    for version in 2.0.0 2.1.0; do
      mkdir -p "$root/opt/starpunk-$version"
      mount --bind "$repository" "$root/opt/starpunk-$version"
      mount -o remount,ro,bind "$root/opt/starpunk-$version"
    done
    [ -x "$root/usr/bin/node" ] || cp "$node" "$root/usr/bin/node"
    echo machine >"$root/etc/hostname"
    hostname machine
    # systemd moves mounts about, which only works below the root of a mount namespace.
    mount --make-rprivate /
    cd "$root"
    pivot_root . mnt
    umount -l mnt
    # What systemd mounts for credentials has to reach the services; outside of containers it does this by itself.
    mount --make-rshared /
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin container=starpunk-test \
      /lib/systemd/systemd --system --unit=multi-user.target --show-status=0
    ;;
esac
