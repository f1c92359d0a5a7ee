"""Files of votes through the binary: ideal points, S and kappa as tables; the same bytes for any order of rows; what
bad files are answered with."""
import csv
import io
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

CALLS = "rcid,session,short,descr\n"
VOTES = "rcid,country,country_code,vote\n"


def made(sessions=3, calls=12, voters=9):
    """Voters A to I on a line, each roll call cut somewhere; names where a code is missing; one absence and one ballot
    without a roll call."""
    roll_calls, ballots = [], []
    for session in range(1, sessions + 1):
        for k in range(calls):
            rcid = session * 100 + k
            title = f"To adopt paragraph {session} {k} of the draft"
            if k == 0: title = "Question of a place far away : resolution / adopted"
            roll_calls.append(f'{rcid},{session},"A SHORT, TITLE",{title}\n')
            for v in range(voters):
                wobble = (v * 5 + k * 3 + session) % 3 - 1
                side = v + wobble - k * 7 % (voters + 2)
                vote = "yes" if side < 0 else "abstain" if side < 2 else "no"
                if (v, k, session) == (4, 4, 2): vote = "absent"
                code = "" if v == 8 else chr(ord("A") + v) * 2
                ballots.append(f"{rcid},Land {chr(ord('A') + v)},{code},{vote}\n")
    ballots.append("999,Land A,AA,yes\n")
    return roll_calls, ballots


class Votes(harness.Case):
    def files(self, roll_calls, ballots):
        self.write("calls.csv", CALLS + "".join(roll_calls))
        self.write("votes.csv", VOTES + "".join(ballots))
        return ("votes.csv", "--roll-calls", "calls.csv")

    def rows(self, text):
        return list(csv.DictReader(io.StringIO(text)))

    def test_points(self):
        done = self.icosa("apply", "ideal-points", *self.files(*made()), "--positive", "AA")
        rows = self.rows(done.out)
        self.assertEqual(list(rows[0]), ["session", "country", "ideal_point", "low", "high"])
        self.assertEqual(len(rows), 27)
        self.assertEqual({r["country"] for r in rows}, {c * 2 for c in "ABCDEFGH"} | {"Land I"},
                         "the name stands where there is no code")
        for r in rows:
            self.assertLess(float(r["low"]), float(r["ideal_point"]))
            self.assertLess(float(r["ideal_point"]), float(r["high"]))
        self.assertEqual(done.err.count("\n"), 1)
        self.assertIn("1 ballots belong to no roll call of the other file and are left out; the first: votes.csv:326: "
                      "roll call 999", done.err)
        side = {c: [float(r["ideal_point"])
                    for r in self.rows(self.icosa("apply", "ideal-points", "votes.csv", "--roll-calls", "calls.csv",
                                                  "--positive", c).out) if r["country"] in ("AA", "HH")]
                for c in ("AA", "HH")}
        self.assertEqual([round(x, 5) for x in side["AA"]], [round(-x, 5) for x in side["HH"]],
                         "the named voter's side is the positive one")

    def test_any_order_the_same_bytes(self):
        roll_calls, ballots = made()
        one = self.icosa("apply", "ideal-points", *self.files(roll_calls, ballots)).out
        random.Random(3).shuffle(ballots)
        self.assertEqual(self.icosa("apply", "ideal-points", *self.files(roll_calls, ballots)).out, one)

    def test_summary_as_json(self):
        files = self.files(*made())
        done = self.icosa("apply", "ideal-points", *files, "--json", "--out", "points.csv")
        told, = done.lines()
        self.assertEqual((told["rows"], told["ballots"], told["absent"], told["without_roll_call"]), (325, 323, 1, 1))
        self.assertEqual((told["sessions"], told["points"], told["repeated"], told["converged"]), (3, 27, 2, True))
        self.assertEqual(done.err, "")
        self.assertEqual(self.icosa("apply", "ideal-points", *files, "--json", code=2).out, "")

    def test_pairs(self):
        # AA and BB: six alike (5 yes, 1 no), three a step apart, one opposite; kappa by hand: margins (7 2 1), (5 3 2)
        pairs = [("yes", "yes")] * 5 + [("no", "no"), ("yes", "abstain"), ("yes", "abstain"), ("abstain", "abstain"),
                                        ("abstain", "no")]
        roll_calls = [f"{i},7,,\n" for i in range(10)]
        ballots = [f"{i},a,{code},{vote}\n" for i, pair in enumerate(pairs) for code, vote in zip(("AA", "BB"), pair)]
        row, = self.rows(self.icosa("apply", "s-score", *self.files(roll_calls, ballots)).out)
        chance = (7 * (3 + 2 * 2) + 2 * (5 + 2) + 1 * (2 * 5 + 3)) / 10
        self.assertEqual({k: row[k] for k in ("session", "country1", "country2", "common", "agreement", "s_score")},
                         {"session": "7", "country1": "AA", "country2": "BB", "common": "10", "agreement": "0.7",
                          "s_score": "0.7"})
        self.assertAlmostEqual(float(row["kappa"]), 1 - 3 / chance, places=6)
        row, = self.rows(self.icosa("apply", "kappa", "votes.csv", "--roll-calls", "calls.csv", "--minimum-common",
                                    "11").out)
        self.assertEqual((row["common"], row["s_score"], row["kappa"]), ("10", "", ""))

    def test_bad_files(self):
        roll_calls, ballots = made()
        files = self.files(roll_calls, ballots)

        def refused(code, *words, args=()):
            done = self.icosa("apply", "ideal-points", *(args or files), code=code)
            self.assertEqual(done.out, "")
            for word in words:
                self.assertIn(word, done.err)

        refused(2, "needs the roll calls", args=("votes.csv",))
        refused(4, "nowhere.csv", args=("votes.csv", "--roll-calls", "nowhere.csv"))
        refused(2, "bridegs", args=(*files, "--bridegs", "none"))
        refused(4, "calls.csv:1: error[unknown-column]", "'vote'", args=("calls.csv", "--roll-calls", "calls.csv"))
        refused(4, "votes.csv:1: error[unknown-column]", "'session'", args=("votes.csv", "--roll-calls", "votes.csv"))
        refused(4, "'country_cod'", "did you mean 'country_code'?", args=(*files, "--country", "country_cod"))
        self.files(roll_calls, ["100,Land A,AA,maybe\n"])
        refused(4, "votes.csv:2:4: error[unknown-vote]: 'maybe' is no vote")
        self.files(roll_calls, ["100,Land A,AA,yes\n", "100,Land A,AA,no\n"])
        refused(4, "votes.csv:3: error[two-ballots]", "here and in line 2")
        self.files(roll_calls, ["100,,,yes\n"])
        refused(4, "error[no-voter]")
        self.files(roll_calls, ["100,Land A,AA\n"])
        refused(4, "votes.csv:2: error[wrong-columns]")
        self.files(roll_calls, ["7,Land A,AA,yes\n"])
        refused(4, "error[no-rows]", "no ballot belongs to a roll call")
        self.files(roll_calls, ["100,Land A,AA,yes\n", "100,Land B,BB,yes\n"])
        refused(4, "error[not-contested]")
        self.files(["100,one,,\n"], ballots)
        refused(4, "calls.csv:2:2: error[bad-session]: 'one'")
        self.files(["100,1,,\n", "100,1,,\n"], ballots)
        refused(4, "calls.csv:3:1: error[two-rows-one-roll-call]")
        self.files(roll_calls, ballots)
        done = self.icosa("apply", "kappa", *files, "--among", "AA,XX", code=2)
        self.assertIn("'XX' of --among casts no ballot", done.err)


if __name__ == "__main__":
    harness.main()
