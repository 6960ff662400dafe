/** What a command does that matters, by its name. */
export interface CommandRow {
  readonly rule: string;
  readonly what: string;
}

type Row = readonly [names: string, rule: string, what: string];

const rows: readonly Row[] = [
  [
    'curl wget aria2c lynx w3m links elinks ftp tftp sftp scp ssh sshfs rsync telnet nc ncat netcat socat dig host nslookup ping ping6 traceroute tracepath mtr whois nmap http https httpie xh ab siege iperf iperf3 mail mailx sendmail mutt msmtp rclone aws gcloud gsutil az s3cmd heroku gh glab svn hg cvs bzr yt-dlp youtube-dl transmission-cli openvpn wg ip ifconfig route iptables nft tcpdump arp hostname-i mosh rlogin rsh rcp irc smbclient mount.nfs',
    'network.connect',
    'opens the network',
  ],
  [
    'pip pip3 pipx uv poetry conda mamba npm npx yarn pnpm apt apt-get aptitude dpkg yum dnf rpm apk pacman zypper brew port snap flatpak gem bundle cargo go rustup composer cpan cpanm luarocks nix nix-env',
    'network.connect',
    'fetches and runs software',
  ],
  ['eval', 'code.eval', 'runs text as commands'],
  ['source .', 'code.eval', 'runs a file that was not checked'],
  [
    'sh bash dash zsh ksh mksh ash fish csh tcsh rbash pwsh powershell cmd cmd.exe',
    'code.eval',
    'runs another shell, whose commands were not checked',
  ],
  [
    'python python2 python3 python3.11 python3.12 python3.13 pypy pypy3 perl perl5 ruby irb node nodejs deno bun tsx ts-node php lua luajit tclsh wish expect osascript Rscript R julia java jshell scala groovy kotlin guile sbcl clisp ghci runghc erl elixir swift dotnet mono wine gdb lldb m4 bc.exe octave',
    'code.eval',
    'runs another interpreter, whose program was not checked',
  ],
  [
    'gcc g++ cc c++ clang clang++ tcc ld as ldd ld.so make gmake cmake ninja meson bazel nasm rustc gfortran insmod modprobe rmmod kmod ldconfig patchelf',
    'native.load',
    'makes or loads native code',
  ],
  [
    'sudo su doas pkexec runuser newgrp sg setcap setpriv capsh chroot unshare nsenter firejail bwrap docker podman nerdctl ctr runc kubectl helm crictl lxc virsh qemu systemctl service systemd-run crontab at batch reboot shutdown halt poweroff init telinit useradd usermod userdel groupadd passwd chpasswd chsh visudo loginctl dbus-send gdbus launchctl sysctl renice ionice chrt taskset pkill killall kill killall5 skill fuser strace ltrace ptrace perf bpftrace screen tmux dtach',
    'process.control',
    'changes or reaches other processes or the system',
  ],
  [
    'mkfs mkfs.ext4 mkfs.xfs mkswap fdisk sfdisk cfdisk gdisk parted wipefs shred mount umount losetup swapon swapoff blkdiscard hdparm dmsetup lvremove vgremove cryptsetup mdadm srm badblocks',
    'destroy.files',
    'destroys or mounts disks',
  ],
  [
    'vi vim nvim view ex ed emacs nano pico joe less more most man info watch script scriptreplay parallel entr setsid nohup disown xterm x-terminal-emulator xdg-open open start gio run-parts start-stop-daemon rlwrap unbuffer dialog whiptail zenity crash ansible ansible-playbook salt puppet terraform vagrant',
    'process.spawn',
    'starts programs of its own',
  ],
  ['enable', 'native.load', 'may load native code as a builtin'],
  ['bind complete compgen fc history', 'code.eval', 'binds text that runs as commands'],
];

const byName = new Map<string, CommandRow>();
for (const [names, rule, what] of rows) for (const name of names.split(' ')) byName.set(name, { rule, what });

export function commandRow(name: string): CommandRow | undefined {
  return (
    byName.get(name) ??
    (/^(python|pypy|perl|ruby|lua|php|mkfs)[\d.]+\w*$/.test(name) ? byName.get('perl') : undefined)
  );
}

const harmless = new Set(
  `: [ { } true false test echo printf read readarray mapfile cd pushd popd dirs pwd export declare typeset local readonly unset set shift
  getopts return exit break continue wait jobs fg bg umask type hash which let times trap alias unalias shopt ulimit caller
  exec command builtin env time timeout nice stdbuf xargs find
  cat head tail tac nl wc sort uniq cut paste join comm tr rev fold fmt pr column expand unexpand split csplit shuf seq factor
  expr bc dc date cal sleep basename dirname realpath readlink pathchk mktemp touch mkdir rmdir cp mv rm ln ls dir vdir stat
  file du df tree chmod chown chgrp install truncate tee yes dd sync id whoami groups users who logname uname arch nproc
  hostname tty stty tput clear env printenv locale uptime free ps top grep egrep fgrep rg ag ack sed awk gawk mawk nawk jq yq
  xmllint xsltproc diff diff3 cmp sdiff patch md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum
  base64 base32 basenc xxd od hexdump strings iconv dos2unix unix2dos tar zip unzip zipinfo gzip gunzip zcat bzip2 bunzip2
  bzcat xz unxz xzcat zstd unzstd zstdcat lz4 7z cpio ar openssl gpg git sqlite3 csvcut csvstat csvlook csvsort csvgrep mlr
  convert magick identify ffmpeg ffprobe pandoc dot gnuplot pdftotext getconf getopt numfmt ptx tsort link unlink mkfifo nice
  coproc`.split(/\s+/),
);

export function isHarmless(name: string): boolean {
  return harmless.has(name);
}

/** Commands that run another command given in their arguments; the options that take a value. */
export const wrappers: ReadonlyMap<string, RegExp> = new Map([
  ['env', /^-(u|C|S|-unset|-chdir)$/],
  ['command', /^$/],
  ['builtin', /^$/],
  ['exec', /^-a$/],
  ['time', /^-[fo]$/],
  ['timeout', /^-(k|s|-kill-after|-signal)$/],
  ['nice', /^-n$/],
  ['stdbuf', /^-[ioe]$/],
  ['xargs', /^-([adEIiLlnPsJR]|-max-args|-max-procs|-replace|-delimiter)$/],
  ['busybox', /^$/],
  ['toybox', /^$/],
  ['coproc', /^$/],
  // The grammar takes a group after `time` or `coproc` for a command of that name.
  ['{', /^$/],
  ['nohup', /^$/],
  ['setsid', /^$/],
  ['ionice', /^-[cnp]$/],
  ['chronic', /^$/],
  ['catchsegv', /^$/],
]);

/** Commands that put nothing into files but by a redirection, and interpreters, whose program is checked itself. */
const reads = new Set(
  `: [ test true false echo printf read readarray mapfile cd pwd export declare typeset local readonly set shift getopts return
  exit break continue wait let trap sleep date seq basename dirname realpath expr bc
  cat head tail tac nl wc cut paste join comm tr rev column grep egrep fgrep jq stat file du df ls diff cmp
  md5sum sha1sum sha256sum sha512sum base64 od strings mkdir rmdir rm chmod touch mktemp command type time timeout nice
  whoami id uname nproc python python3 node nodejs sh bash dash`.split(/\s+/),
);

/** What makes some other commands write files. */
const writesWith: Readonly<Record<string, RegExp>> = {
  sort: /\s(-\w*[oT]|--(output|compress|temp))/,
  uniq: /\s[^\s-]\S*\s+[^\s-]/,
  find: /-(exec|ok|fprint|fls|delete)/,
  awk: />|\||system|getline|\s-\w*[fi]/,
  sed: /[wWei]/,
};

/** Whether a command, as the script has it, puts nothing into files by itself. */
export function onlyReads(name: string, written: string): boolean {
  if (name === '' || reads.has(name) || /^\.\/[\w.-]+$/.test(name)) return true;
  const writes = writesWith[name];
  return writes !== undefined && !writes.test(written.slice(name.length));
}

/** Variables that change what commands mean or run. */
export function isHijacked(variable: string): boolean {
  return /^(PATH|LD_\w+|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS[0-4]|SHELLOPTS|BASHOPTS|BASH_FUNC.*|CDPATH|GLOBIGNORE|FPATH|PYTHON(?!UNBUFFERED$|DONTWRITEBYTECODE$|IOENCODING$|UTF8$|HASHSEED$)\w+|PERL5(OPT|LIB)|RUBY(OPT|LIB)|NODE_(OPTIONS|PATH)|GIT_(SSH|SSH_COMMAND|EXTERNAL_DIFF|PAGER|EDITOR|PROXY_COMMAND)|PAGER|EDITOR|VISUAL|BROWSER|SHELL|LESSOPEN|LESSCLOSE|TAR_OPTIONS|HOME|http_proxy|https_proxy)$/.test(
    variable,
  );
}

/** Commands whose arguments are files; the first plain argument of some is a pattern or program. */
export function pathStart(name: string): number | undefined {
  if (/^(grep|egrep|fgrep|rg|ag|sed|awk|gawk|mawk|nawk|jq|yq)$/.test(name)) return 1;
  if (
    /^(cat|head|tail|tac|nl|wc|sort|uniq|cut|paste|join|comm|fold|split|csplit|shuf|cp|mv|rm|ln|link|unlink|mkdir|rmdir|touch|ls|dir|vdir|stat|file|du|df|tree|chmod|chown|chgrp|install|truncate|tee|cd|pushd|find|tar|zip|unzip|zipinfo|[bg]?unzip2?|gzip|zcat|bzip2|bzcat|xz|unxz|xzcat|zstd|zstdcat|7z|cpio|ar|diff|diff3|cmp|patch|\w+sum|cksum|base64|base32|xxd|od|hexdump|strings|iconv|readlink|realpath|mktemp|mkfifo|sqlite3|convert|magick|ffmpeg|pandoc|openssl|gpg|source|dd|rev|column|expand|fmt|pr|tsort|csv\w+|mlr|xmllint)$/.test(
      name,
    )
  ) {
    return 0;
  }
  return undefined;
}
