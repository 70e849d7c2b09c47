"""Network namespaces without names, and the TAP or TUN device in them.

A namespace made with unshare(2) and held by a file descriptor has no name
that could clash with another run, and the kernel takes it away, devices and
all, when the last process that holds it is gone: after an exception, after a
signal, even after SIGKILL. So there is nothing to clean up by hand.

A socket belongs to the namespace of the thread that creates it, for its whole
life. One process can therefore hold both ends of a connection: it steps into a
namespace, creates the socket, and steps out again.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import subprocess

CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
TUNSETIFF = 0x400454CA
TUNSETIFINDEX = 0x400454DA
IFF_TUN = 0x0001
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000

_libc = ctypes.CDLL(None, use_errno=True)

# What a connection looks like must not depend on the memory or the
# configuration of the machine: the receive buffer decides the window scale,
# the congestion control decides the pacing.
SYSCTLS = {
    "ipv4/tcp_rmem": "4096 131072 6291456",
    "ipv4/tcp_wmem": "4096 16384 4194304",
    "ipv4/tcp_congestion_control": "cubic",
    "ipv4/tcp_syn_linear_timeouts": "0",
    "ipv4/tcp_no_metrics_save": "1",
    "ipv4/tcp_ecn": "2",
    "ipv6/conf/default/accept_dad": "0",
    "ipv6/conf/default/router_solicitations": "0",
    "ipv6/conf/default/accept_ra": "0",
}


class Unavailable(Exception):
    """This machine cannot do it (no right, no kernel support): a test is skipped."""


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _check(result, what):
    if result != 0:
        errno = ctypes.get_errno()
        raise Unavailable(f"{what}: {os.strerror(errno)}")


def _open_own_namespace():
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Namespace:
    def __init__(self):
        if os.geteuid() != 0:
            raise Unavailable("needs root, to make network namespaces")
        home = _open_own_namespace()
        try:
            _check(_libc.unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)")
            try:
                self._fd = _open_own_namespace()
            finally:
                _check(_libc.setns(home, CLONE_NEWNET), "setns(back)")
        finally:
            os.close(home)
        for name, value in SYSCTLS.items():
            self.sysctl(name, value)
        self.ip("link", "set", "lo", "up")

    def close(self):
        os.close(self._fd)

    @contextlib.contextmanager
    def entered(self):
        """The calling thread is in this namespace for the length of the block."""
        home = _open_own_namespace()
        try:
            _check(_libc.setns(self._fd, CLONE_NEWNET), "setns")
            try:
                yield
            finally:
                _check(_libc.setns(home, CLONE_NEWNET), "setns(back)")
        finally:
            os.close(home)

    def sysctl(self, name, value):
        """Sets net/NAME; older kernels lack some of them, which is no error."""
        with self.entered(), contextlib.suppress(FileNotFoundError):
            try:
                with open(f"/proc/sys/net/{name}", "w", encoding="ascii") as file:
                    file.write(value)
            except OSError as error:
                # cubic may be a module that is not there: keep the default.
                if "congestion" not in name:
                    raise Unavailable(f"net/{name}: {error.strerror}") from error

    def socket(self, family=socket.AF_INET, kind=socket.SOCK_STREAM, protocol=0):
        with self.entered():
            made = socket.socket(family, kind, protocol)
        made.settimeout(10)
        return made

    def popen(self, arguments, **options):
        """Starts a program in this namespace; it dies when this thread does."""
        with self.entered():
            return subprocess.Popen(arguments, preexec_fn=_die_with_parent, **options)

    def run(self, *arguments):
        try:
            with self.entered():
                return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
        except FileNotFoundError as error:
            raise Unavailable(f"needs the program {arguments[0]}") from error
        except subprocess.CalledProcessError as error:
            raise RuntimeError(f"{' '.join(arguments)}: {error.stderr.strip()}") from error

    def ip(self, *arguments):
        return self.run("ip", *arguments)

    def device(self, name, kind, index):
        """Creates a TAP or TUN device; returns the descriptor that is its wire.

        A capture of all interfaces records the index, and its reader shows the
        name that the index has on the reader's machine: an index that no
        machine uses keeps the output the same everywhere.
        """
        with self.entered():
            try:
                wire = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
            except OSError as error:
                raise Unavailable(f"/dev/net/tun: {error.strerror}") from error
            request = struct.pack("16sH22x", name.encode("ascii"), kind | IFF_NO_PI)
            try:
                fcntl.ioctl(wire, TUNSETIFINDEX, struct.pack("I", index))
                fcntl.ioctl(wire, TUNSETIFF, request)
            except OSError as error:
                os.close(wire)
                raise Unavailable(f"TUNSETIFF: {error.strerror}") from error
        # No link-local address of the kernel's own choice: it would send
        # multicast listener reports into every capture.
        self.sysctl(f"ipv6/conf/{name}/addr_gen_mode", "1")
        return wire
