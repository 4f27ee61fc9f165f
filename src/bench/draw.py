"""Draws what src/bench/pool has measured as an SVG: lines "kind clients way connections rate" in, the picture out."""

import sys
from collections import defaultdict

TITLES = {"user": "one user by id", "create": "create a post"}
COLOURS = {4: "#8da0cb", 16: "#0072b2", 64: "#009e73", 256: "#d55e00"}
PANEL, HEIGHT, LEFT, TOP, GAP = 360, 260, 64, 60, 84


def steps(highest):
    """A round number that goes three to six times into the highest rate."""
    step = next(s * 10**e for e in range(9) for s in (1, 2, 5) if s * 10**e * 6 >= highest)
    return range(0, int(highest) + step, step)


points = defaultdict(dict)
for line in sys.stdin:
    kind, clients, way, connections, rate = line.split()
    points[kind][int(clients), way, int(connections)] = float(rate)

width = LEFT + len(points) * (PANEL + GAP)
svg = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 100}" font-family="sans-serif" font-size="13">',
    f'<rect width="{width}" height="{TOP + HEIGHT + 100}" fill="white"/>',
    f'<text x="{LEFT}" y="22" font-size="16">Requests a second by connections in the pool</text>',
]
for index, (kind, values) in enumerate(points.items()):
    sizes = sorted({size for _, _, size in values})
    scale = steps(max(values.values()))
    left, bottom = LEFT + index * (PANEL + GAP), TOP + HEIGHT

    def x(size):
        return left + sizes.index(size) * PANEL / (len(sizes) - 1)

    def y(rate):
        return bottom - rate * HEIGHT / scale[-1]

    svg.append(f'<text x="{left}" y="{TOP - 14}">{TITLES[kind]}</text>')
    for rate in scale:
        svg.append(f'<path d="M{left} {y(rate):.0f}h{PANEL}" stroke="#ddd"/>')
        svg.append(f'<text x="{left - 8}" y="{y(rate) + 4:.0f}" text-anchor="end" fill="#555">{rate}</text>')
    for size in sizes:
        svg.append(f'<text x="{x(size):.0f}" y="{bottom + 20}" text-anchor="middle" fill="#555">{size}</text>')
    for clients, way in sorted({(clients, way) for clients, way, _ in values}):
        line = " ".join(f"{x(size):.1f},{y(values[clients, way, size]):.1f}" for size in sizes)
        dashes = "" if way == "direct" else ' stroke-dasharray="5 4"'
        svg.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[clients]}" stroke-width="2"{dashes}/>')

legend = TOP + HEIGHT + 56
for index, (clients, colour) in enumerate(COLOURS.items()):
    svg.append(f'<path d="M{LEFT + index * 120} {legend - 4}h24" stroke="{colour}" stroke-width="2"/>')
    svg.append(f'<text x="{LEFT + index * 120 + 30}" y="{legend}">{clients} clients</text>')
svg.append(f'<text x="{LEFT}" y="{legend + 24}" fill="#555">Dashed: through PgBouncer in transaction mode.</text>')
svg.append("</svg>")
print("\n".join(svg))
