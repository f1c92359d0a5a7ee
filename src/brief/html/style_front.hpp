/// The style of the first page: one screen wide, one column on a phone; the choice of language.
#pragma once

#include <string_view>

namespace icosa::brief {

inline constexpr std::string_view html_front_style = R"css(
.pick{position:absolute;opacity:0;pointer-events:none}
#in-en:checked~* .zh,#in-zh:checked~* .en{display:none}
#in-en:checked~.zh,#in-zh:checked~.en{display:none}
#in-en:checked~header label[for=in-en],#in-zh:checked~header label[for=in-zh]{background:var(--ink);color:var(--bg)}
#in-en:focus-visible~header label[for=in-en],#in-zh:focus-visible~header label[for=in-zh]{outline:2px solid var(--link);outline-offset:2px}
:root{--worse:#8a1f4d;--new:#b03a00;--rising:#9a3600;--high:#6b4a00;--fallen:#1f5a66;--land:#e9e6dd;--sea:#fcfcfa;--line:#b9b5a8}
@media (prefers-color-scheme:dark){:root{--worse:#f59bc0;--new:#ffa071;--rising:#ffb488;--high:#e7ce7a;--fallen:#93d0da;--land:#2c3138;--sea:#14171b;--line:#5a626d}}
body>header.bar,main{max-width:82rem}
.bar{display:flex;align-items:baseline;flex-wrap:wrap;gap:.1rem 1.2rem;padding-block:.45rem .4rem;border-bottom:2px solid var(--ink)}
.bar h1{font-size:1.15rem;margin:0}.bar h1 [lang]{font-size:1em;color:inherit;margin:0}
.bar p{margin:0;font-size:.84rem}.bar .new{color:var(--mute);flex:1 1 auto;font-size:.78rem}
 .langs label{cursor:pointer;padding:.15em .55em;border:1px solid var(--ink);font-size:.84rem}.langs label+label{border-left:0}
.bar .tlp{margin:0;font-size:.78rem}
.front{display:grid;grid-template-columns:minmax(0,27rem) minmax(0,1fr);gap:0 1.5rem;font-size:.78rem;line-height:1.32}
.front h2,.alltiles h2{font-size:1rem;margin:.55rem 0 .1rem;padding:0;border:0;display:inline-block}
.front h2 small{font-weight:400;color:var(--mute);font-size:.8em}
.front h2 [lang]{font-size:1em;color:inherit;margin:0}
h2 [lang],h3 [lang]{font-size:1em;color:inherit;margin:0}
.block>h2{display:block}
.bn{color:var(--mute);font-size:.75rem;line-height:1.3;margin:0 0 .15rem;max-width:none}
.lines{list-style:none;margin:0;padding:0}
.lines>li{display:flex;gap:.5rem;align-items:flex-start;border-top:1px solid var(--rule);padding:.08rem 0}
.lines>li>details{flex:1 1 auto;min-width:0;margin:0}.lines summary{display:flex;gap:.4rem;align-items:flex-start;width:auto;font-size:inherit;color:inherit;list-style:none}
.lines summary::-webkit-details-marker{display:none}
.lines .s{flex:1 1 auto;min-width:0}.lines summary:hover .s{text-decoration:underline;text-decoration-thickness:.04em;text-underline-offset:.15em}
.m{flex:none;font-size:.9em;width:1.1em;text-align:center;color:var(--mute)}
.m.worse,.mk.worse{color:var(--worse)}.m.new,.mk.new{color:var(--new)}.m.rising,.mk.rising{color:var(--rising)}.m.dropped,.mk.dropped{color:var(--rising)}.m.high,.mk.high{color:var(--high)}.m.fallen,.mk.fallen{color:var(--fallen)}.m.stale{color:var(--stale);background:none}
.m.signal,.m.quiet,.m.no-data{background:none;border:0}
.sp{flex:none;width:3.6rem;height:.9rem;margin-top:.12em}.sp path{stroke:var(--obs);stroke-width:3}.sp .l{stroke:var(--hit)}
.ar{flex:none;min-width:2.9rem;max-width:5rem;text-align:right;font-size:.75rem;color:var(--mute)}.ar a{color:inherit;text-decoration:none;display:inline-block;min-width:1.1em}.ar a:hover{text-decoration:underline}
.sure{color:var(--mute);white-space:nowrap}
.more{padding:.1rem 0 .35rem 1.5rem;color:var(--mute)}.more p{margin:.1rem 0}
.rest summary,.folds summary{font-size:.8rem}
.folds{grid-column:1/-1;display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 1.6rem;border-top:1px solid var(--ink);margin-top:.1rem}
 .folds .block:has(details[open]){grid-column:1/-1}
.folds details{margin:0}.folds summary{color:var(--ink)}.folds .lines summary{font-size:inherit}
.folds h2{margin:.15rem 0}
.map{margin:.3rem 0 0}.map svg{display:block;width:100%;height:auto}
.map .land{fill:var(--land)}.map .brd{stroke:var(--line);stroke-width:.7}.map .dash{stroke-dasharray:3 2.4;stroke:var(--mute)}.map .grid{stroke:var(--rule);stroke-width:.7}
svg .mk{fill:currentColor;stroke:var(--bg);stroke-width:1.2}
.map.near{max-width:46rem}.map .sea{fill:var(--bg)}.map .clu{fill:var(--hit);fill-opacity:.18;stroke:var(--hit);stroke-width:2}.map text{font-size:15px;fill:var(--ink);stroke:none}
.map figcaption{font-size:.72rem;color:var(--mute);line-height:1.3}
.alltiles{grid-column:1/-1;border-top:1px solid var(--ink)}
.alltiles h2{position:absolute;left:-99rem}
.tiles{list-style:none;margin:.15rem 0 0;padding:0;display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:0 .9rem}
.tiles li{border:solid var(--rule);border-width:1px 0 0;padding:.08rem 0;line-height:1.22;min-width:0;background:none;color:inherit}
.tiles a{display:flex;gap:.35em;text-decoration:none;color:inherit;font-size:.75rem}.tiles a:hover .t{text-decoration:underline}
.tiles li.no-data{border-style:solid}
.tiles .no{flex:none;white-space:nowrap;color:var(--mute);min-width:1.2em;text-align:right}
.tiles .t{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}
.tiles .st{display:block;padding-left:1.55em;font-size:.71rem;font-weight:600}
.tiles .quiet .st,.tiles .stale .st,.tiles .no-data .st{font-weight:400;color:var(--mute)}
.tiles .worse .m{color:var(--worse)}.tiles .new .m{color:var(--new)}.tiles .rising .m{color:var(--rising)}.tiles .dropped .m{color:var(--rising)}.tiles .high .m{color:var(--high)}.tiles .fallen .m{color:var(--fallen)}
.guide{font-size:.84rem;border-top:1px solid var(--ink);margin-top:.6rem;padding-top:.3rem}.guide p{max-width:none;margin:.25rem 0}
.sig{list-style:none;padding:0}.sig>li{border-top:1px solid var(--rule);padding:.4rem 0}.sig p{max-width:56rem;margin:.1rem 0}
.fig{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:.3rem 0}.fig dt{font-size:.8rem}.fig dd{margin:0;color:var(--ink)}
.fold{border-top:1px solid var(--rule);padding:.25rem 0}.fold>summary{font-size:.95rem}
@media (max-width:60rem){.front{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media (max-width:44rem){
.front{font-size:.9rem}.bar .new{flex-basis:100%;order:9}
.folds{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:minmax(0,1fr)}.tiles .t{white-space:normal}.tiles a,.tiles .st{font-size:.84rem}
.lines>li{flex-wrap:wrap;gap:0 .4rem;padding:.3rem 0}.lines>li>details{flex-basis:100%}.ar{max-width:none;min-width:0;padding-left:1.5em;text-align:left}
.sp{width:3rem}}
@media print{
:root{--worse:#8a1f4d;--new:#b03a00;--rising:#8a3000;--high:#5c4800;--fallen:#1f5a66;--land:#eee;--line:#aaa}
.langs{display:none}.front{grid-template-columns:minmax(0,29rem) minmax(0,1fr);font-size:7.6pt}
details:not([open])>*:not(summary){display:none}details:not([open])::details-content{display:none;content-visibility:hidden}
article,.group.flow article{break-before:auto;break-inside:auto;margin:0 0 3mm;padding:0}.group{break-before:auto;columns:2;column-gap:7mm;font-size:7.1pt;line-height:1.27}
.group h2{margin:2mm 0;font-size:11pt;column-span:all}.group h3{font-size:9pt;margin:0}.group h4{font-size:7.8pt;margin:1mm 0 0}.watch{margin:0}.group .eyebrow{display:none}
.group .sig{margin:0}.group .sig>li{padding:.5mm 0}.group .b{font-size:6.5pt;padding:.1em .3em}
.plots,.fans{display:none}.sig>li>details,.watch>details,.fold{display:none}
.lines>li,.sig>li{break-inside:avoid}#sources,#references{display:none}
}
)css";

}  // namespace icosa::brief
