"""The state diagram of the manual pages, drawn from the dump of the table.

Where the boxes stand and which way the arrows go is laid down here; which arrows there are, and what stands on them, is the table's. The
two are held against each other: an arrow that the table does not have, a change of state that has no arrow, and a label for which there is no
room are errors, and then the layout has to change.
"""

import unicodedata

WIDTH = 72

# What the inputs are in few words: > is sent, < is received.
WORDS = {
    "TX_SYN": ">SYN", "TX_SYN_ACK": ">SYN+ACK", "TX_SEGMENT": ">ACK", "TX_FAST_OPEN": ">data", "TX_ACKS_FIN": ">ACK of FIN", "TX_FIN": ">FIN",
    "TX_RST": ">RST", "RX_SYN": "<SYN", "RX_SYN_ACK": "<SYN+ACK", "RX_ACKS_SYN": "<ACK of SYN", "RX_ACKS_FIN": "<ACK of FIN", "RX_FIN": "<FIN",
    "RX_RST": "<RST", "TIMEOUT": "2 MSL",
}
RESETS = {"TX_RST", "RX_RST"}

# What has no arrow: the RSTs (%s: the states that none closes), and where an end goes of which nothing was known.
TEXTS = {
    "en": ("Any state but %s: <RST or >RST leads to CLOSED.", " and ", "Of an end of which nothing is known so far, the first packet tells:"),
    "ja": ("%s 以外の状態は、<RST か >RST で CLOSED になります。", " と ", "まだ何もわかっていない端の状態は、最初のパケットでこうなります。"),
}

# Left, top, width, height. CLOSED stands twice, so that the arrows back to it need not cross the page.
BOXES = [
    ("CLOSED", 31, 0, 10, 3),
    ("SYN_RECEIVED", 3, 4, 16, 10),
    ("LISTEN", 31, 4, 10, 3),
    ("SYN_SENT", 51, 4, 14, 10),
    ("ESTABLISHED", 29, 17, 15, 3),
    ("FIN_WAIT_1", 3, 24, 18, 3),
    ("CLOSE_WAIT", 51, 24, 14, 3),
    ("FIN_WAIT_2", 3, 30, 14, 3),
    ("CLOSING", 29, 30, 15, 3),
    ("LAST_ACK", 51, 30, 14, 3),
    ("TIME_WAIT", 3, 36, 14, 4),
    ("CLOSED", 51, 36, 14, 4),
]

# From, to, the corners of the line, where the label begins, and whether its words stand below each other. A line that ends in the open has the
# name of its goal behind it.
ARROWS = [
    ("CLOSED", "SYN_RECEIVED", [(30, 1), (11, 1), (11, 3)], (13, 2), True),
    ("CLOSED", "SYN_SENT", [(41, 1), (58, 1), (58, 3)], (53, 2), True),
    ("LISTEN", "SYN_RECEIVED", [(30, 5), (19, 5)], (20, 6), True),
    ("LISTEN", "SYN_SENT", [(41, 5), (50, 5)], (43, 6), True),
    ("SYN_SENT", "SYN_RECEIVED", [(50, 9), (19, 9)], (28, 8), False),
    ("SYN_RECEIVED", "CLOSE_WAIT", [(19, 11), (21, 11)], (20, 12), True),
    ("SYN_SENT", "CLOSE_WAIT", [(50, 11), (48, 11)], (39, 12), True),
    ("SYN_RECEIVED", "ESTABLISHED", [(15, 14), (15, 18), (28, 18)], (17, 15), True),
    ("SYN_SENT", "ESTABLISHED", [(58, 14), (58, 18), (44, 18)], (49, 15), True),
    ("SYN_RECEIVED", "FIN_WAIT_1", [(6, 14), (6, 23)], (8, 19), True),
    ("ESTABLISHED", "FIN_WAIT_1", [(32, 20), (32, 21), (15, 21), (15, 23)], (17, 22), True),
    ("ESTABLISHED", "CLOSE_WAIT", [(41, 20), (41, 21), (58, 21), (58, 23)], (46, 22), True),
    ("FIN_WAIT_1", "FIN_WAIT_2", [(6, 27), (6, 29)], (8, 28), True),
    ("FIN_WAIT_1", "CLOSING", [(21, 25), (36, 25), (36, 29)], (38, 26), True),
    ("CLOSE_WAIT", "LAST_ACK", [(58, 27), (58, 29)], (60, 28), True),
    ("FIN_WAIT_2", "TIME_WAIT", [(6, 33), (6, 35)], (8, 33), True),
    ("CLOSING", "TIME_WAIT", [(36, 33), (36, 37), (17, 37)], (23, 36), True),
    ("LAST_ACK", "CLOSED", [(58, 33), (58, 35)], (60, 34), True),
    ("TIME_WAIT", "CLOSED", [(17, 38), (50, 38)], (43, 37), True),
]


class Mistake(Exception):
    """The layout does not fit the table."""


class Canvas:
    def __init__(self):
        self.rows = []

    def put(self, x, y, text, what):
        for at, letter in enumerate(text, x):
            while len(self.rows) <= y:
                self.rows.append([" "] * WIDTH)
            if not 0 <= at < WIDTH or self.rows[y][at] != " ":
                raise Mistake("no room for %s at column %d of row %d" % (what, at, y))
            self.rows[y][at] = letter

    def box(self, name, x, y, width, height):
        for row in range(height):
            edge = row in (0, height - 1)
            inside = "-" * (width - 2) if edge else (name if row == height // 2 else "").center(width - 2)
            self.put(x, y + row, ("+%s+" if edge else "|%s|") % inside, name)

    def line(self, points, what):
        """From the first point to the last one, where the arrow's head is."""
        for (x1, y1), (x2, y2) in zip(points, points[1:]):
            if (x1 == x2) == (y1 == y2):
                raise Mistake("%s: a slanted line" % what)
            step = lambda a, b: (b > a) - (b < a)  # noqa: E731
            dx, dy = step(x1, x2), step(y1, y2)
            x, y = x1, y1
            while (x, y) != (x2, y2):
                corner = (x, y) == (x1, y1) and (x1, y1) != points[0]
                self.put(x, y, "+" if corner else "-" if dx else "|", what)
                x, y = x + dx, y + dy
            if (x2, y2) == points[-1]:
                self.put(x2, y2, {(1, 0): ">", (-1, 0): "<", (0, 1): "v", (0, -1): "^"}[dx, dy], what)
        return dx

    def text(self):
        return "".join("".join(row).rstrip() + "\n" for row in self.rows)


def read(dump):
    """{(state, next): [input]} of the cells that change the state."""
    found = {}
    for line in dump.splitlines():
        state, word, following, _, _ = line.split("\t")
        if following != state:
            found.setdefault((state, following), []).append(word)
    return found


def words(inputs):
    """What is received stands before what is sent: that is the order of things."""
    return [WORDS[word] for word in sorted(inputs, key=lambda word: word.startswith("TX"))]


def split(changes):
    """The changes with arrows; the states that every RST closes; and where an end goes of which nothing is known."""
    arrows, resets, first = {}, [], {}
    for (state, following), inputs in changes.items():
        if state == "UNKNOWN":
            first[following] = inputs
            continue
        if RESETS & set(inputs):
            if following != "CLOSED" or not RESETS <= set(inputs):
                raise Mistake("%s goes to %s by one kind of RST only" % (state, following))
            resets.append(state)
        others = [word for word in inputs if word not in RESETS]
        if others:
            arrows[state, following] = others
    return arrows, resets, first


def columns(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def remarks(states, resets, first, language):
    every, joined, heading = TEXTS[language]
    unaffected = [state for state in states if state not in resets and state != "UNKNOWN"]
    lines = ["", every % joined.join(unaffected), "", heading]
    lines += ["  %-13s %s" % (following, ", ".join(words(inputs))) for following, inputs in first.items()]
    for line in lines:
        if columns(line) > WIDTH:
            raise Mistake("too wide: " + line)
    return lines


def draw(dump, language="en"):
    """The drawing, and below it what has no arrow."""
    arrows, resets, first = split(read(dump))
    states = list(dict.fromkeys(line.split("\t")[0] for line in dump.splitlines()))
    laid_down = [(start, goal) for start, goal, _, _, _ in ARROWS]
    for pair in sorted(set(laid_down) ^ set(arrows)) + [pair for pair in laid_down if laid_down.count(pair) > 1]:
        raise Mistake("%s to %s: %s" % (*pair, "the table has it, the drawing has not" if pair in arrows else "the drawing has it, or has it twice"))
    canvas = Canvas()
    for box in BOXES:
        canvas.box(*box)
    if {box[0] for box in BOXES} != set(states) - {"UNKNOWN"}:
        raise Mistake("the states of the drawing are not those of the table")
    for start, goal, points, (x, y), stacked in ARROWS:
        what = "%s to %s" % (start, goal)
        direction = canvas.line(points, what)
        if not ends_at_box(points[-1], goal, what):
            canvas.put(points[-1][0] + 2 if direction > 0 else points[-1][0] - 1 - len(goal), points[-1][1], goal, what)
        label = words(arrows[start, goal])
        for row, text in enumerate(label if stacked else [", ".join(label)]):
            canvas.put(x, y + row, text, "the label of " + what)
    return canvas.text() + "".join(line + "\n" for line in remarks(states, resets, first, language))


def ends_at_box(point, goal, what):
    """Whether an arrow's head touches a box, which must then be its goal's."""
    for name, x, y, width, height in BOXES:
        if x - 1 <= point[0] <= x + width and y - 1 <= point[1] <= y + height:
            if name != goal:
                raise Mistake("%s ends at %s" % (what, name))
            return True
    return False


def roff(drawing):
    """As the text of a literal display."""
    text = drawing.replace("\\", "\\e").replace("^", "\\(ha")
    if any(line[:1] in (".", "'") for line in text.splitlines()):
        raise Mistake("a line that roff takes for a request")
    return text
