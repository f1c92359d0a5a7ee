"""Odd bytes: encodings, marks, line ends, quotes, ragged rows, what is no table; a user's table and a source."""
import io
import zipfile

from odd.case import Case, Run, observed, one, read, refuses, says, table

SHOW = ("apply", "threshold", "FILE", "--at-least", "1", "--value", "n")
PLAIN = "m,n\n2020-01,5\n2020-02,6\n2020-03,7\n"
LONG_CELL = "x" * 1_000_000


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as inside:
        inside.writestr(zipfile.ZipInfo("a.csv", (2020, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def workbook(text):
    """The table as the first sheet of a workbook, each cell a text of its own."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    cell_of = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join("<row>" + "".join(cell_of.format(cell) for cell in line.split(",")) + "</row>"
                   for line in text.split())
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
                       "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns:r="{kind}"><sheets><sheet name="S" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships><Relationship Id="b" Type="{kind}/worksheet" Target="sheet.xml"/>'
                                      "</Relationships>",
        "xl/sheet.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as inside:
        for name, part in parts.items():
            inside.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), part)
    return out.getvalue()


# name, the bytes, what the user's table is read as (a want)
TABLES = [
    ("a byte order mark", "\ufeff" + PLAIN, observed(5, 6, 7)),
    ("line ends of Windows", PLAIN.replace("\n", "\r\n"), observed(5, 6, 7)),
    ("no line end at the end", PLAIN[:-1], observed(5, 6, 7)),
    ("empty lines at the end", PLAIN + "\n\n\n", observed(5, 6, 7)),
    ("an empty line within", PLAIN.replace("\n2020-02", "\n\n2020-02"), observed(5, 6, 7)),
    ("all cells in quotes", '"m","n"\n"2020-01","5"\n"2020-02","6"\n"2020-03","7"\n', observed(5, 6, 7)),
    ("tabs", PLAIN.replace(",", "\t"), observed(5, 6, 7)),
    ("semicolons", PLAIN.replace(",", ";"), observed(5, 6, 7)),
    ("a quoted line end in another column", 'm,note,n\n2020-01,"a\nb",5\n2020-02,"c ""d""",6\n', observed(5, 6)),
    ("a delimiter in quotes", 'm,note,n\n2020-01,"a,b",5\n2020-02,"c;d",6\n', observed(5, 6)),
    ("a cell of a megabyte", f"m,note,n\n2020-01,{LONG_CELL},5\n2020-02,x,6\n", observed(5, 6)),
    ("three hundred columns", "m,n" + "".join(f",c{i}" for i in range(300)) + "\n2020-01,5" + ",x" * 300 + "\n"
     + "2020-02,6" + ",x" * 300 + "\n", observed(5, 6)),
    ("a header with an accent in NFD and blanks", " m , n \n2020-01,5\n2020-02,6\n", observed(5, 6)),
    ("UTF-16 with its mark", ("\ufeff" + PLAIN).encode("utf-16-le"), observed(5, 6, 7)),
    ("UTF-16 the other way round", ("\ufeff" + PLAIN).encode("utf-16-be"), observed(5, 6, 7)),
    ("UTF-16 cut within a character", ("\ufeff" + PLAIN).encode("utf-16-le")[:-1],
     refuses("wrong-encoding", "t.csv:4")),
    ("UTF-16 without a mark", PLAIN.encode("utf-16-le"), refuses("binary", "t.csv:1")),
    ("Latin-1 in a column that is not used", "m,n,ort\n2020-01,5,Köln\n2020-02,6,Köln\n".encode("latin-1"),
     refuses("wrong-encoding", "t.csv:2:3")),
    ("a NUL byte", PLAIN.replace("6", "6\0"), refuses("binary", "t.csv:3")),
    ("line ends of CR alone", PLAIN.replace("\n", "\r"), refuses("cr-line-ends", "t.csv:1")),
    ("an empty file", "", refuses("empty-file", "t.csv")),
    ("nothing but blank lines", "\n\n\n", refuses("empty-file", "t.csv")),
    ("a header only", "m,n\n", refuses("no-rows", "t.csv")),
    ("a cell too few", "m,n\n2020-01,5\n2020-02\n2020-03,7\n", refuses("wrong-columns", "t.csv:3")),
    ("a cell too many", "m,n\n2020-01,5\n2020-02,6,7\n2020-03,7\n", refuses("wrong-columns", "t.csv:3")),
    ("a quote that is never closed", 'm,n\n2020-01,5\n"2020-02,6\n2020-03,7\n',
     refuses("unterminated-quote", "t.csv:3")),
    ("a workbook", workbook(PLAIN), observed(5, 6, 7)),
    ("a workbook cut off", workbook(PLAIN)[:-300], refuses("damaged-archive", "t.csv")),
    ("a zip archive", zipped(PLAIN), refuses("compressed", "t.csv")),
    ("a web page", "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
     refuses("web-page", "t.csv")),
    ("JSON", '[{"m": "2020-01", "n": 5}, {"m": "2020-02", "n": 6}]\n', observed(5, 6)),
    ("JSON lines", '{"m": "2020-01", "n": 5}\n{"m": "2020-02", "n": 6}\n', observed(5, 6)),
    ("JSON cut off", '[{"m": "2020-01", "n": 5}, {"m": "2020-02"', refuses("cut-off", "t.csv:1")),
    ("XML", "<a><r><m>2020-01</m><n>5</n></r><r><m>2020-02</m><n>6</n></r></a>", observed(5, 6)),
    ("XML with entities", '<!DOCTYPE a [<!ENTITY x "5">]><a><r><m>2020-01</m><n>&x;</n></r></a>',
     refuses("xml-entities", "t.csv:1")),
]

HEAD = "cveID,vendorProject,product,dateAdded,dueDate\n"
ROWS = [f"CVE-2022-{i:04},Vendor,Thing,2022-0{1 + i % 9}-1{i % 9},2022-12-01\n" for i in range(1, 9)]
KEV = HEAD + "".join(ROWS)


def cve(text, shift):
    """The same rows about other numbers, so that files of one store are not each other's copies."""
    return text.replace("CVE-2022-0", f"CVE-2022-{shift}")


# name, the text of the file, what the source is read as (fields of the line of ingest) or the error and its tokens
KEVS = [
    ("a source's byte order mark", lambda k: "\ufeff" + k, {"stored": 8, "rejected": 0}),
    ("a source's line ends of Windows", lambda k: k.replace("\n", "\r\n"), {"stored": 8, "rejected": 0}),
    ("a source with all cells in quotes",
     lambda k: "".join(",".join(f'"{c}"' for c in line.split(",")) + "\n" for line in k.splitlines()), {"stored": 8}),
    ("a source's columns in another order", lambda k: "".join(
        ",".join(line.split(",")[::-1]) + "\n" for line in k.splitlines()), {"stored": 8}),
    ("a source's header in capitals with blanks", lambda k: k.replace(HEAD, HEAD.upper().replace(",", " , ")),
     {"stored": 8}),
    ("a source with a cell of a megabyte", lambda k: k.replace("Vendor,Thing", "Vendor," + LONG_CELL, 1),
     {"stored": 8}),
    ("a source's row cut off", lambda k: k[:-12], {"stored": 7, "rejected": 1}),
    ("a source's row of too many cells", lambda k: k.replace("Vendor,Thing", "Vendor,Thing,more", 1),
     {"stored": 7, "rejected": 1}),
    ("a source in UTF-16", lambda k: ("\ufeff" + k).encode("utf-16-le"), {"stored": 8, "rejected": 0}),
    ("a source below titles", lambda k: "Known exploited vulnerabilities\nfetched 2022-12-24\n\n" + k, {"stored": 8}),
]
KEVS_REFUSED = [
    ("a source in Latin-1", lambda k: k.replace("Vendor", "Vendör", 1).encode("latin-1"), "wrong-encoding"),
    ("a source with a NUL byte", lambda k: k.replace("Vendor", "Ven\0dor", 1), "binary"),
    ("a source with line ends of CR", lambda k: k.replace("\n", "\r"), "cr-line-ends"),
    ("a source that is empty", lambda k: "", "empty-file"),
    ("a source by semicolons", lambda k: k.replace(",", ";"), "wrong-delimiter"),
    ("a source with a quote left open", lambda k: k.replace("Vendor", '"Vendor', 1), "unterminated-quote"),
    ("a source without its header", lambda k: k.replace(HEAD, ""), "wrong-header"),
    ("a source with a column twice",
     lambda k: k.replace("product", "product,dateAdded", 1).replace("Thing", "Thing,2022-01-01"), "two-columns"),
    ("a source as a web page", lambda k: "<!DOCTYPE html>\n<html><body>Not found</body></html>\n", "web-page"),
]


def encoded(data):
    return data if isinstance(data, bytes) else data.encode()


def sources():
    files, cases = {}, []
    for number, (name, change, told) in enumerate(KEVS + KEVS_REFUSED):
        file = f"kev-{number}.csv"
        files[file] = encoded(change(cve(KEV, number + 100)))
        cases.append(Case(name, (read(file, **told),) if isinstance(told, dict) else (refuses(told, file),)))
    words = ["ingest", *files, "--db", "a.duckdb", "--source", "kev", "--edition", "add", "--json"]
    return Run(files, [words], cases)


RUNS = [one(name, "t.csv", data, SHOW, want) for name, data, want in TABLES]
RUNS += [
    one("two columns of one name, one of them asked for", "t.csv", "m,n,n\n2020-01,5,6\n", SHOW,
        refuses("two-columns", "t.csv:1")),
    one("two columns of one name, none of them asked for", "t.csv", "m,n,x,x\n2020-01,5,6,7\n2020-02,6,7,8\n", SHOW,
        observed(5, 6)),
    one("Latin-1 in the names of units", "t.csv", "m,n,ort\n2020-01,5,Köln\n2020-02,6,Köln\n".encode("latin-1"),
        (*SHOW, "--unit", "ort"), refuses("wrong-encoding", "t.csv:2:3")),
    one("Latin-1 in the name of a column that is taken", "t.csv", "größe,n\n2020-01,5\n2020-02,6\n".encode("latin-1"),
        SHOW, refuses("wrong-encoding", "t.csv:1:1")),
    one("a file that is not there", "u.csv", PLAIN, ("apply", "threshold", "t.csv", "--at-least", "1"),
        refuses("missing-file", "t.csv")),
    one("text under the name of Parquet", "t.parquet", PLAIN, SHOW, says("t.parquet", code=4)),
    sources(),
]
