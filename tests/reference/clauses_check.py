"""Holds every sentence of the Concept Paper, sections II to IV, against clauses of packs/framework/gsi.toml.

    python3 tests/reference/clauses_check.py [PAPER]    default: ../shared/concept-paper.md beside the repository

The table below has a row for each demand of a sentence: the number of the sentence in its section, words by which the
demand is found in it, and the clauses that answer it (letters are of the same section). "- why" stands where a sentence
asks for nothing that could be watched or done. A sentence without a row, words that are not in it, a clause that is
not in the framework, and a clause that no sentence asks for are faults. That a clause really answers is a person's
judgement; what it is answered with (a watch, facts, nothing) is the framework's `status`.

Exit 1 on a fault; 77 (skipped) where there is no fault and no paper to compare with. """
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "concept-paper.md"

TABLE = """
II.1
1 安全观: a b c d
2 2014年: - says when the idea was first stated
3 每一个国家: d
3 综合施策: b II.6.a
3 政治对话: c
3 通过发展: a d
4 道义: - states a belief
II.2
1 主权: a b c d
2 不干涉: c
3 平等一员: c e
3 不容干涉: a b d
3 自主选择: d
4 机会平等: e
II.3
1 宪章: a b c
2 两次世界大战: - recalls the past
3 未能得到: a b c
4 多边主义: f
4 联合国为核心: c d
4 国际法为基础: b f
4 平台地位: d
5 单边主义: e II.5.d II.5.e
5 阵营对抗: e III.2.e
II.4
1 安全关切: a c
2 损害他国: a b
3 彼此平等: c d
4 正当合理: c
5 谋求自身安全: b c
6 不可分割: d
6 安全架构: e
II.5
1 和平方式: a b c
2 战争和制裁: b d
2 对话协商: c
3 战略沟通: f g
3 安全互信: f g
3 管控分歧: g
3 产生的根源: III.1.n III.1.o
4 承担应尽责任: h III.2.g
4 斡旋调停: c h
5 和平解决危机: c III.5.d III.5.i
5 建互信: g III.5.d
6 单边制裁: d e
6 长臂管辖: i
II.6
1 统筹: a b
2 相互交织: a
3 地区争端: II.5.a III.5.a
3 生物安全: b
3 完善规则: b
3 安全困境: II.4.b
4 六个坚持: - sums up
5 理念指引: - sums up
III
1 共同愿望: - states a wish
2 普遍安全: - states a wish
3 双多边安全合作: IV.3.a IV.3.b
4 单项或多项: - introduces the sections that follow
III.1
1 新和平纲领: a
2 预防冲突: b i
2 建设和平: c
3 子基金: d
3 更大作用: d II.3.d
4 履行授权能力: e f j k
4 三原则: g
4 政治优先: m
4 综合施策: n
4 标本兼治: n o
5 充足资源: h l
5 非盟: h
III.2
1 良性互动: a e f
1 均衡发展: b
2 特殊重要责任: g
3 带头遵守: c d
4 不冲突不对抗: a b
4 求同存异: e f
III.3
1 打不赢: a
2 联合声明: a
2 对话合作: i j
2 核战争风险: b c i
3 不扩散核武器条约: d e
3 无核武器区: f
4 国际合作: g h
4 核安全体系: h
III.4
1 和平利用: a
2 防扩散委员会: d
2 禁止化学武器公约: b
2 禁止生物武器公约: c
2 彻底销毁: l m
2 出口管制: i n
2 化武防护: n
3 常规武器: e k o
4 轻小武器: f j
4 消弭非洲枪声: g III.8.b
5 扫雷: h j
III.5
1 热点问题: a b e k
2 坦诚对话: c d
2 解决之道: c f
3 劝和促谈: c d i
3 标本兼治: i III.1.o
4 对话谈判: c d
4 乌克兰: g h j
III.6
1 东盟为中心: a b c
1 协商一致: g
1 对话与合作: b
2 非传统安全: d f h i
2 专项基金: e h
2 实验区: j
2 和平稳定: a
III.7
1 五点倡议: b
1 核不扩散: c
1 集体安全: d
1 发展合作: i j
1 安全新架构: d
2 改善关系: a h
2 合理安全关切: II.4.c
2 内生力量: d
2 阿拉伯国家联盟: d
3 两国方案: e g
3 国际和会: e
3 公正解决: e f g k
III.8
1 地区冲突: a d
1 反对恐怖主义: f
1 海上安全: e III.11.i
1 次区域组织: g
1 资金和技术: i III.1.h
1 自主维护和平: k
2 非洲方式: g
2 萨赫勒: b c
3 构想: h
3 机制化: h IV.2.e
3 示范项目: j
III.9
1 和平区: b c
1 拉共体: b
1 地区和平安全: a
1 热点问题: a d e
III.10
1 气候变化: b e
1 公共卫生: a
1 全球性挑战: b
1 战略: c
2 资金: f
2 非传统安全威胁: d f
III.11
1 海上对话: d
1 海上分歧: c d
1 海盗: a d
1 航道安全: b i
2 上下游: f j
2 协商: e g j
2 航运安全: h
2 水资源: f h
2 生态环境: h
III.12
1 中心协调: b
1 反恐决议: a b
1 列名: c g i j
2 反恐资源: h
2 能力建设: d h
3 挂钩: e
4 新兴技术: f
III.13
1 信息安全: b f
2 全球数据安全倡议: c
2 数字治理规则: e
3 阿拉伯: d
3 中亚五国: d
3 网络威胁: a g
3 治理体系: b e f
III.14
1 风险管理: a d
2 天津指南: c
3 能力建设: e
3 生物安全风险: a d
3 健康发展: b e
III.15
1 国际安全治理: b c
1 潜在安全风险: a e
2 立场文件: d
2 沟通交流: d f
2 国际机制: b f
2 标准规范: b c
III.16
1 外空国际秩序: a b
2 航天员: b f h
2 可持续: e f
3 平等享有: a c
4 武器化: d g
4 法律文书: d
III.17
1 世界卫生组织: d
1 全球资源: f
1 重大传染病: a b c e
III.18
1 粮食和能源: a c h
2 行动协调: d
2 国际农产品贸易: a d
2 供应链: b f
2 政治化: e j
2 武器化: e j
3 能源政策: i
3 能源运输: g
3 能源价格: c g
III.19
1 打击跨国: a
2 缔结或参加: c
3 禁毒公约: b
3 责任共担: d
3 毒品问题: f
4 执法合作: d
4 执法能力: e
5 全球培训体系: e IV.5.a
III.20
1 气候变化: a c d
1 供应链: e
1 2030年: d f
1 可持续安全: b II.1.d
IV.1
1 联合国大会: a
1 安理会: b
1 相关机构: c d
1 共识: e
IV.2
1 上海合作组织: a c
1 安全合作: d
2 海湾地区: b
2 阿富汗: e
2 非洲之角: e
IV.3
1 高级别活动: a
1 合力: b
IV.4
1 香山论坛: a b
2 创设: c
IV.5
1 搭建: c
2 警察院校: d
3 5000: a b
4 开放包容: IV.3.b
5 携手同行: - closes the text
"""

DIGITS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
PARTS = {"二": "II", "三": "III", "四": "IV"}
faults = []


def fault(where, text): faults.append(f"{where}: {text}")


def number(text):
    """Twelve of 十二, twenty of 二十."""
    tens, ten, ones = text.partition("十")
    return DIGITS[text] if not ten else 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)


def sentences(text):
    """By section ("III" is what stands before III.1) its sentences, without blanks and marks of emphasis."""
    out = {}
    pieces = re.split(r"(?m)^([一二三四])、.*$", text.replace("*", ""))
    for part, body in zip(pieces[1::2], pieces[2::2]):
        if part not in PARTS:
            continue
        before, *rest = re.split(r"[（(]([一二三四五六七八九十]+)[）)]", body)
        sections = {PARTS[part]: before} | {
            f"{PARTS[part]}.{number(n)}": told for n, told in zip(rest[::2], rest[1::2])}
        for section, told in sections.items():
            found = re.findall(r"[^。]+。", re.sub(r"\s+", "", told))
            if found:
                out[section] = found
    return out


def rows(table):
    """(section, number of the sentence, words, ids of clauses, why there are none)."""
    section = ""
    for line in table.split("\n"):
        if re.fullmatch(r"I[IV]+(\.\d+)?", line):
            section = line
        elif line:
            n, words, answer = re.fullmatch(r"(\d+) (.+): (.+)", line).groups()
            if answer.startswith("- "):
                yield section, int(n), words, [], answer[2:]
            else:
                yield section, int(n), words, [i if "." in i else f"{section}.{i}" for i in answer.split()], ""


with open(ROOT / "packs" / "framework" / "gsi.toml", "rb") as file:
    framework = tomllib.load(file)
clauses = {}
for one in framework["section"]:
    ids = [c["id"] for c in one["clause"]]
    clauses |= {c["id"]: c["status"] for c in one["clause"]}
    if ids != sorted(ids):
        fault(one["id"], "its clauses are not in the order of their ids")

answered, silent = {}, {}
for section, n, words, ids, why in rows(TABLE):
    answered.setdefault((section, n), []).append(words)
    if why:
        silent[section, n] = why
    for id in ids:
        if id not in clauses:
            fault(f"{section} sentence {n}, '{words}'", f"the framework has no clause {id}")
asked = {id for _, _, _, ids, _ in rows(TABLE) for id in ids}
for id in sorted(clauses.keys() - asked):
    fault(id, "no sentence of the paper asks for this clause")
for section, n in silent:
    if len(answered[section, n]) > 1:
        fault(f"{section} sentence {n}", "asks for nothing, and has clauses")

paper = sentences(PAPER.read_text(encoding="utf-8")) if PAPER.exists() else {}
told = {(section, n): text for section, found in paper.items() for n, text in enumerate(found, 1)}
if paper:
    for section, n in sorted(told.keys() - answered.keys()):
        fault(f"{section} sentence {n}", "no clause is held against it")
    for section, n in sorted(answered.keys() - told.keys()):
        fault(f"{section} sentence {n}", "the paper has no such sentence")
    for key, words in answered.items():
        for word in words:
            if word not in told.get(key, word):
                fault(f"{key[0]} sentence {key[1]}", f"does not hold '{word}'")

for line in faults:
    print(line)
states = [clauses.get(id) for id in asked]
print(f"{len(clauses)} clauses, {states.count('measured')} measured, {states.count('authored')} authored, "
      f"{states.count('not-measurable')} not measurable; {len(answered)} sentences, {len(silent)} of which ask for "
      f"nothing; {sum(map(len, answered.values())) - len(silent)} demands; {len(faults)} faults")
if not paper:
    print(f"skipped: no paper at {PAPER}, so its sentences are not compared")
sys.exit(1 if faults else 0 if paper else 77)
