"""Uses a site in w3m, as its user does: by the keyboard, in a terminal, without JavaScript.

    python3 w3m.py ADDRESS < STEPS

A step is a line. `field LABEL = TEXT` types into the field with that label, `press WORDS` presses a button or follows a
link with these words, `after WORDS` the one that follows them, `see WORDS` waits until the page shows them, `open PATH`
goes there. Ends with 0 if all were done.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

PATIENCE_S = 25
# How long the terminal is silent when a page is drawn.
SILENCE_S = 0.15
ROWS, COLUMNS = 60, 100
ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][0-9A-B]|[=>])|[\x0e\x0f\r]")


class Terminal:
    """A terminal with w3m in it."""

    def __init__(self, address, home):
        self.address = address
        child, self.file = pty.fork()
        if child == 0:
            os.environ.update(HOME=home, TERM="xterm", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.execvp("w3m", ["w3m", "-cookie", "-no-mouse", "-o", "wrap_search=1", "-o", "confirm_qq=0", address])
        self.child = child
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self):
        """What the terminal shows from now on, until it is silent."""
        text = b""
        while select.select([self.file], [], [], SILENCE_S)[0]:
            try:
                piece = os.read(self.file, 65536)
            except OSError:  # w3m has ended
                break
            if not piece:
                break
            text += piece
        return ESCAPES.sub("", text.decode("utf-8", "replace"))

    def type(self, keys):
        os.write(self.file, keys.encode())
        self.read()

    def screen(self):
        """The whole screen, drawn anew, without spaces: w3m moves the cursor instead of writing them."""
        self.read()
        os.write(self.file, b"\x0c")
        return "".join(self.read().split())

    def see(self, words):
        end = time.monotonic() + PATIENCE_S
        while "".join(words.split()) not in (screen := self.screen()):
            if time.monotonic() > end:
                sys.exit(f"w3m does not show {words!r}, but: {screen}")

    def find(self, words):
        """Moves to the next place of these words, from the top."""
        self.type("g")
        self.type("/")
        self.type(f"{re.escape(words)}\r")

    def field(self, label, text):
        self.see(label)
        self.find(label)
        self.type("\t")
        self.type("\r")
        self.type("\x15")  # empties the line
        self.type(f"{text}\r")

    def press(self, words):
        self.see(words)
        self.find(words)
        self.type("\r")

    def after(self, words):
        self.see(words)
        self.find(words)
        self.type("\t")
        self.type("\r")

    def open(self, path):
        self.type("U")
        self.type("\x15")
        self.type(f"{self.address}{path}\r")

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)


def main():
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(sys.argv[1], home)
        try:
            for step in sys.stdin.read().splitlines():
                what, _, rest = step.partition(" ")
                if what == "field":
                    terminal.field(*rest.split(" = ", 1))
                else:
                    {"press": terminal.press, "after": terminal.after, "see": terminal.see, "open": terminal.open}[what](rest)
        finally:
            terminal.close()


main()
