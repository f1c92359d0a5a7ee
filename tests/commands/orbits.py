"""icosa propagate and conjunctions on made-up objects: states, formats that say the same, tracks, approaches, messages;
what is wrong in elements counted or refused."""
import csv
import io
import json
import math
import pathlib
import sys
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

KEYS = ["OBJECT_NAME", "OBJECT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE",
        "ARG_OF_PERICENTER", "MEAN_ANOMALY", "NORAD_CAT_ID", "BSTAR"]


def probe(number, name, **changes):
    """An object that does not exist, 420 km up."""
    return {**dict(zip(KEYS, [name, "2024-001A", "2024-11-01T11:00:00", 15.5, 0.0001, 51.6, 10.0, 20.0, 340.0, number,
                              0.0001])), **changes}


# All are at their node at their epoch; the crosser's is that of the station, so that they meet there.
STATION = probe(90001, "STATION A")
MODULE = probe(90002, "MODULE B")
OTHER = probe(123456789, "CROSSER", INCLINATION=60.0)
OLD = probe(90004, "OLD ONE", EPOCH="2024-09-01T00:00:00", RA_OF_ASC_NODE=200.0)


def as_csv(objects):
    out = io.StringIO()
    writer = csv.DictWriter(out, KEYS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(objects)
    return out.getvalue()


def as_kvn(objects):
    return "".join("CCSDS_OMM_VERS = 2.0\n" + "".join(f"{key} = {one[key]}\n" for key in KEYS) for one in objects)


def as_xml(objects):
    return "<ndm>" + "".join(
        "<omm id='CCSDS_OMM_VERS' version='2.0'><body><segment><metadata>"
        + "".join(f"<{key}>{one[key]}</{key}>" for key in KEYS[:2]) + "</metadata><data><meanElements>"
        + "".join(f"<{key}>{one[key]}</{key}>" for key in KEYS[2:9]) + "</meanElements><tleParameters>"
        + "".join(f"<{key}>{one[key]}</{key}>" for key in KEYS[9:]) + "</tleParameters></data></segment></body></omm>"
        for one in objects) + "</ndm>"


def checksum(line):
    return line + str(sum(int(c) if c.isdigit() else c == "-" for c in line) % 10)


def as_tle(one):
    return "\n".join([one["OBJECT_NAME"],
                      checksum("1 90001U 24001A   24306.45833333  .00000000  00000+0  10000-3 0  999"),
                      checksum("2 90001  51.6000  10.0000 0001000  20.0000 340.0000 15.50000000    1")]) + "\n"


def read_message(text):
    """Keys and values of a conjunction data message; those of an object under its name."""
    out, part = {}, ""
    for line in text.splitlines():
        if line.strip().startswith("COMMENT") or not line.strip():
            continue
        key, value = (word.strip() for word in line.split("=", 1))
        if key == "OBJECT":
            part = value + "."
        assert part + key not in out, key
        out[part + key] = value
    return out


class Orbits(harness.Case):
    def states(self, path, *words):
        out = self.icosa("propagate", "--elements", path, *words).out
        return list(csv.DictReader(io.StringIO(out)))

    def test_formats_say_the_same(self):
        files = [self.write("a.csv", as_csv([STATION, OTHER])), self.write("a.json", json.dumps([STATION, OTHER])),
                 self.write("b.json", json.dumps([{k: str(v) for k, v in one.items()} for one in [STATION, OTHER]])),
                 self.write("a.kvn", as_kvn([STATION, OTHER])), self.write("a.xml", as_xml([STATION, OTHER]))]
        answers = [self.icosa("propagate", "--elements", one, "--minutes", "0:90:30").out for one in files]
        self.assertEqual(len(set(answers)), 1)
        rows = list(csv.DictReader(io.StringIO(answers[0])))
        self.assertEqual([(row["id"], row["minutes"], row["error"]) for row in rows],
                         [(number, minute, "0") for number in ("90001", "123456789")
                          for minute in ("0", "30", "60", "90")])
        for row in rows:
            radius = math.dist((0, 0, 0), [float(row[key]) for key in ("x_km", "y_km", "z_km")])
            self.assertTrue(6700 < radius < 6850, radius)
        tle = self.states(self.write("a.tle", as_tle(STATION)), "--minutes", "30")
        self.assertLess(math.dist([float(tle[0][k]) for k in ("x_km", "y_km", "z_km")],
                                  [float(rows[1][k]) for k in ("x_km", "y_km", "z_km")]), 1e-3)

    def test_from_an_instant_and_constants(self):
        path = self.write("a.csv", as_csv([STATION, {**STATION, "EPOCH": "2024-11-01T12:00:00"}, OTHER]))
        self.assertEqual(len(self.states(path, "--minutes", "0")), 3)
        told = self.icosa("propagate", "--elements", path, "--at", "2024-11-01T11:30:00Z", "--minutes", "0")
        self.assertEqual(told.out.count("\n"), 3, "one set an object")
        self.assertIn("1 older sets left", told.err)
        told = self.icosa("propagate", "--elements", path, "--minutes", "720", "--objects", "90001",
                          "--constants", "wgs84")
        self.assertNotEqual(told.out, self.icosa("propagate", "--elements", path, "--minutes", "720", "--objects",
                                                 "90001").out)

    def test_tracks(self):
        path = self.write("a.csv", as_csv([STATION]))
        self.icosa("propagate", "--elements", path, "--minutes", "0:95:5", "--ground-track", "t.geojson", "--picture",
                   "t.svg", "--out", "s.csv")
        track = json.loads((self.folder / "t.geojson").read_text())["features"][0]
        points = [point for line in track["geometry"]["coordinates"] for point in line]
        self.assertEqual(len(points), 191)
        self.assertTrue(all(abs(point[1]) < 52 and abs(point[0]) <= 180 for point in points))
        self.assertEqual(track["properties"], {"id": 90001, "name": "STATION A"})
        xml.etree.ElementTree.parse(self.folder / "t.svg")

    def close(self, *words):
        path = self.write("c.csv", as_csv([STATION, MODULE, OTHER, OLD]))
        return self.icosa("conjunctions", "--elements", path, "--start", "2024-11-01T12:00:00Z", *words)

    def test_approaches(self):
        told = self.close("--hours", "24", "--within-km", "100")
        self.assertTrue(told.out.startswith("id1,id2,tca,miss_km,relative_speed_km_s,pc_max,age1_days,age2_days\n"))
        rows = list(csv.DictReader(io.StringIO(told.out)))
        self.assertTrue(rows)
        for row in rows:
            self.assertLess(int(row["id1"]), int(row["id2"]))
            self.assertNotEqual((row["id1"], row["id2"]), ("90001", "90002"), "docked")
            self.assertTrue(0 <= float(row["miss_km"]) <= 100)
            self.assertTrue(0 < float(row["pc_max"]) <= 1)
        self.assertIn("1 groups of objects have the same elements", told.err)
        self.assertIn("1 objects have elements more than 14 days from the start", told.err)
        self.assertIn("combined hard-body radius of 10 m", told.err)
        self.assertEqual(told.out, self.close("--hours", "24", "--within-km", "100", "--threads", "1").out)
        some = list(csv.DictReader(io.StringIO(self.close("--hours", "24", "--within-km", "100", "--against",
                                                          "90001").out)))
        self.assertEqual(some, [row for row in rows if "90001" in (row["id1"], row["id2"])])
        told = json.loads(self.close("--hours", "24", "--within-km", "100", "--json").out)
        self.assertEqual([(one["id1"], one["tca"]) for one in told["approaches"]],
                         [(int(row["id1"]), row["tca"]) for row in rows])
        self.assertEqual(told["docked"], [[90001, 90002]])
        self.assertEqual(told["pc_max_assumes"]["radius_m"], 10)
        for one in told["approaches"]:
            self.assertAlmostEqual(math.hypot(*one["miss_rtn_km"]), one["miss_km"], places=4)

    def test_messages_picture_certificate(self):
        told = self.close("--hours", "24", "--within-km", "100", "--against", "90001", "--cdm", "messages", "--picture",
                          "c.svg", "--certificate", "f.csv", "--samples", "50", "--out", "c.out")
        xml.etree.ElementTree.parse(self.folder / "c.svg")
        rows = list(csv.DictReader(io.StringIO((self.folder / "c.out").read_text())))
        files = sorted((self.folder / "messages").iterdir())
        self.assertEqual(len(files), len(rows))
        message = read_message(files[0].read_text())
        # the obligatory keys of the standard, in its order
        wanted = ["CCSDS_CDM_VERS", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "TCA", "MISS_DISTANCE"]
        covariance = [f"C{a}_{b}" for i, a in enumerate(["R", "T", "N", "RDOT", "TDOT", "NDOT"])
                      for b in ["R", "T", "N", "RDOT", "TDOT", "NDOT"][:i + 1]]
        for part in ("OBJECT1.", "OBJECT2."):
            wanted += [part + key for key in
                       ["OBJECT", "OBJECT_DESIGNATOR", "CATALOG_NAME", "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR",
                        "EPHEMERIS_NAME", "COVARIANCE_METHOD", "MANEUVERABLE", "REF_FRAME", "X", "Y", "Z", "X_DOT",
                        "Y_DOT", "Z_DOT"] + covariance]
        keys = list(message)
        self.assertEqual([key for key in keys if key in wanted], wanted)
        self.assertEqual(message["OBJECT1.COVARIANCE_METHOD"], "DEFAULT")
        self.assertIn("UNKNOWN", files[0].read_text())
        places = [[float(message[f"OBJECT{n}.{axis}"].split()[0]) for axis in "XYZ"] for n in (1, 2)]
        self.assertAlmostEqual(math.dist(*places) * 1000, float(message["MISS_DISTANCE"].split()[0]), delta=1)
        self.assertIn("certificate: of ", told.err)
        self.assertIn(" 0 come closer, 0 fall below their bound", told.err)
        self.assertIn("id1,id2,interval,rule,bound_km", (self.folder / "f.csv").read_text())

    def refused(self, code, words, *call):
        self.assertIn(words, self.icosa(*call, code=code).err)

    def test_what_is_wrong_is_counted_or_refused(self):
        decayed = {**STATION, "NORAD_CAT_ID": 90005, "MEAN_MOTION": 0}
        told = self.icosa("propagate", "--elements", self.write("a.csv", as_csv([STATION, decayed])), "--minutes", "0")
        self.assertIn("left out, 1 of 2 rows: mean motion out of range", told.err)
        bad = as_tle(STATION).replace("10.0000", "11.0000")
        self.refused(4, "checksum", "propagate", "--elements", self.write("b.tle", bad))
        self.refused(4, "the catalogue is empty", "propagate", "--elements", self.write("c.csv", as_csv([])))
        self.refused(4, "error-answer", "propagate", "--elements", self.write("d.json", "Invalid query: \"GROUP=x\""))
        self.refused(4, "undeclared-prefix", "propagate", "--elements",
                     self.write("e.xml", "<ndm xsi:a='b'><omm/><omm/></ndm>"))
        path = self.write("a.csv", as_csv([STATION]))
        self.refused(2, "bad-minutes", "propagate", "--elements", path, "--minutes", "5:1:1")
        self.refused(4, "no-minutes", "propagate", "--elements", path, "--verification")
        self.refused(2, "bad-instant", "conjunctions", "--elements", path, "--start", "yesterday")
        self.refused(2, "bad-object", "conjunctions", "--elements", path, "--start", "2024-11-01", "--against", "x")
        self.refused(4, "no-such-object", "conjunctions", "--elements", path, "--start", "2024-11-01", "--against", "1")


if __name__ == "__main__":
    harness.main()
