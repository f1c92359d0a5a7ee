"""undetermined_borders: which lines of Natural Earth are drawn dashed, and which not at all, so that a map implies no
opinion: those that United Nations maps draw as undetermined, and those of territories whose status is not determined,
are dashed; lines that United Nations maps do not draw are left out. For make-map and make-land."""

# Pairs of countries (M49 numbers; names where the file has none), with the box of longitudes and latitudes within which
# the rule holds; None = everywhere.
DASHED = [
    ({"504", "732"}, None), ({"478", "732"}, None), ({"012", "732"}, None),  # Western Sahara
    ({"Kosovo", "688"}, None), ({"Kosovo", "807"}, None), ({"Kosovo", "008"}, None), ({"Kosovo", "499"}, None),
    ({"376", "275"}, None), ({"400", "275"}, None),  # the State of Palestine
    ({"376", "760"}, None),  # the Golan
    ({"729", "728"}, None),  # Sudan, South Sudan
    ({"410", "408"}, None),  # the Korean demarcation line
    ({"356", "586"}, (72, 81, 32, 38)), ({"356", "156"}, (72, 81, 32, 38)), ({"586", "156"}, (72, 81, 32, 38)),
    ({"356", "156"}, (91, 98, 26, 30)), ({"356", "156"}, (81, 92, 27, 32)),
    ({"Siachen Glacier", "356"}, None), ({"Siachen Glacier", "586"}, None), ({"Siachen Glacier", "156"}, None),
]
LEFT_OUT = [
    ({"804", "643"}, (32, 37, 44, 46.7)),  # A/RES/68/262
    ({"706", "Somaliland"}, None), ({"196", "N. Cyprus"}, None),
]


def holds(rules, pair, x, y):
    """Does a rule speak of this pair of countries at this place?"""
    return any(pair == p and (box is None or (box[0] <= x <= box[1] and box[2] <= y <= box[3])) for p, box in rules)


def middle(points):
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
