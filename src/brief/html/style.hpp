/// The style sheet of index.html: light and dark, phone and print; states have a word and a sign besides their colour.
#pragma once

#include <string_view>

namespace icosa::brief {

inline constexpr std::string_view html_style = R"css(
:root{color-scheme:light dark;
--bg:#fcfcfa;--ink:#1b1e23;--mute:#59606a;--rule:#d8dad5;--soft:#f3f3ef;--link:#1d4f8c;
--signal:#9a3600;--signal-bg:#fdeee1;--quiet:#1f5a66;--quiet-bg:#e7f2f3;--stale:#665000;--stale-bg:#f8f0d2;--none:#535962;--none-bg:#eeefee;
--obs:#51698a;--hit:#c24a00;--exp:#1f7a6c;--thr:#7a3f96;--gap:#e4e5e1}
@media (prefers-color-scheme:dark){:root{
--bg:#14171b;--ink:#e4e5e1;--mute:#a4acb6;--rule:#343a42;--soft:#1c2025;--link:#93bdf0;
--signal:#ffb488;--signal-bg:#3b2315;--quiet:#93d0da;--quiet-bg:#152f37;--stale:#e7ce7a;--stale-bg:#332b11;--none:#b4bbc4;--none-bg:#272c32;
--obs:#8aa5c8;--hit:#ff9a5c;--exp:#5fc4b3;--thr:#c99be0;--gap:#2a2f36}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
overflow-wrap:break-word;hanging-punctuation:first last}
[lang|=zh]{font-family:"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;font-weight:400}
main,body>header,body>nav,body>footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3{font-family:Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Noto Serif","Liberation Serif",serif;line-height:1.2;font-weight:700;text-wrap:balance}
h1{font-size:2.1rem;margin:.4rem 0 .2rem}
h2{font-size:1.6rem;margin:3rem 0 .8rem;padding-bottom:.3rem;border-bottom:2px solid var(--ink)}
h3{font-size:1.35rem;margin:.1rem 0 .4rem}
h4{font-size:1.02rem;line-height:1.35;margin:1.6rem 0 .3rem}
h1 [lang],h2 [lang],h3 [lang]{font-size:.78em;color:var(--mute);margin-left:.35em}
p{margin:.4rem 0;max-width:46rem}
ul,ol{margin:.4rem 0;padding-left:1.3rem}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
code{font:.86em/1.4 ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.mute,.eyebrow{color:var(--mute)}
.eyebrow{font-size:.84rem;letter-spacing:.02em;margin:0}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.4rem .8rem;z-index:1}
.tlp{display:inline-block;font:600 .8rem/1 ui-monospace,"DejaVu Sans Mono",monospace;border:1.5px solid currentColor;padding:.3em .5em;border-radius:2px;margin-top:1.4rem}
.key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--rule);border:1px solid var(--rule);margin:1.1rem 0;padding:0}
.key div{background:var(--bg);padding:.6rem .8rem}
.key dt{font-size:.84rem;color:var(--mute)}
.key dd{margin:0;font-size:1.55rem;line-height:1.25;font-variant-numeric:tabular-nums lining-nums}
.key dd small{font-size:.8rem;color:var(--mute)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:.5rem 0;border-block:1px solid var(--rule)}
.b{display:inline-block;white-space:nowrap;font-size:.84rem;line-height:1;font-weight:600;padding:.28em .5em;border-radius:3px;border:1px solid currentColor}
.signal{color:var(--signal);background:var(--signal-bg)}.quiet{color:var(--quiet);background:var(--quiet-bg)}
.stale{color:var(--stale);background:var(--stale-bg)}.no-data{color:var(--none);background:var(--none-bg);border-style:dashed}
.warning{color:var(--bg);background:var(--signal);border-color:var(--signal)}.watch-grade{color:var(--signal);background:none}.note-grade{color:var(--mute);background:none}
.notice,.caveats{border-left:3px solid var(--rule);padding:.1rem 0 .1rem .8rem;margin:.6rem 0;max-width:46rem}
.caveats{font-size:.9rem;color:var(--mute)}.caveats ul{list-style:none;padding:0;margin:0}.caveats li+li{margin-top:.25rem}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums lining-nums;margin:.6rem 0}
caption{text-align:left;color:var(--mute);font-size:.84rem;padding-bottom:.3rem}
th{text-align:left;font-weight:600;font-size:.8rem;line-height:1.25;color:var(--mute);vertical-align:bottom;border-bottom:1px solid var(--ink)}
th,td{padding:.36rem .7rem .36rem 0}
td{vertical-align:top;border-top:1px solid var(--rule)}
.n{text-align:right;white-space:nowrap}.nw{white-space:nowrap}
.overview .t{line-height:1.35;width:29%}.overview .t [lang]{display:block;font-size:.86rem;color:var(--mute)}
.overview .why{font-size:.84rem;line-height:1.4;color:var(--mute);width:36%;padding-right:0}
article{margin:0 0 3rem;padding-top:1.2rem;border-top:1px solid var(--rule)}
h2+article{border-top:0;padding-top:.4rem}
.facts{font-size:.92rem;margin:.2rem 0 .6rem;max-width:none}
.clauses{list-style:none;padding:0;margin:.5rem 0;max-width:56rem}
.clauses li{display:grid;grid-template-columns:8.2rem 1fr;gap:0 .8rem;padding:.35rem 0;border-top:1px solid var(--rule)}
.clauses .s{font-size:.8rem;color:var(--mute);line-height:1.95}
.clauses .s b{display:block;color:var(--ink);font-weight:600;line-height:1.4}
.clauses p{margin:0;line-height:1.45}.clauses .by{font-size:.86rem;color:var(--mute)}
.watch{margin-top:1.8rem}
.watch h4{margin-top:0}.watch h4 .b{margin-right:.45rem;vertical-align:.08em}
.meta{font-size:.84rem;color:var(--mute);max-width:none}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19.5rem),1fr));gap:.8rem 1.6rem;margin:.8rem 0}
.plot{margin:0;max-width:27rem}.plot svg{display:block;width:100%;height:auto;overflow:visible}
.plot figcaption{font-size:.84rem;line-height:1.35;margin-top:.1rem}
svg text{font:22px system-ui,"Noto Sans","Liberation Sans",sans-serif;fill:var(--mute);font-variant-numeric:tabular-nums}
svg .e{text-anchor:end}svg path,svg circle{fill:none}
.axis{stroke:var(--rule);stroke-width:2}.bar{stroke:var(--obs)}.bar.hit{stroke:var(--hit)}
.obs{stroke:var(--obs);stroke-width:5;stroke-linejoin:round;stroke-linecap:round}
.exp{stroke:var(--exp);stroke-width:3;stroke-linejoin:round;stroke-linecap:round}
.thr{stroke:var(--thr);stroke-width:3;stroke-dasharray:9 8;stroke-linejoin:round}
svg .f90{fill:var(--exp);fill-opacity:.14}svg .f80{fill:var(--exp);fill-opacity:.16}svg .f50{fill:var(--exp);fill-opacity:.28}.now{stroke:var(--mute);stroke-width:2}
.fans>div{max-width:27rem}.fans details{margin:.1rem 0 0}.fans details p,.fans details li{font-size:.84rem;line-height:1.4;margin:.15rem 0}
svg .gap{fill:var(--gap)}svg .mark{fill:var(--hit)}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.88rem}.legend svg{width:2.6rem;height:1.3rem;vertical-align:middle}
.sig td{border-top:0;padding-bottom:.1rem}.sig tbody{border-top:1px solid var(--rule)}
.sig .r td{padding-bottom:.6rem}.sig .r p{max-width:52rem}.sig th,.sig td{padding-right:.9rem}.sig td:first-child{font-weight:600}.sig .r td:first-child{font-weight:400}
.short td{border-top:1px solid var(--rule)}.short td:first-child{font-weight:400}
details{margin:.3rem 0}summary{cursor:pointer;font-size:.9rem;color:var(--link);width:fit-content}
.sig details{font-size:.88rem;color:var(--mute);margin:.1rem 0 0}.sig summary{font-size:.86rem}
details ul{font-size:.9rem}
dl.read{max-width:52rem}.read dt{font-weight:600;margin-top:.5rem}.read dd{margin:0}
.up{font-size:.84rem}
footer{border-top:2px solid var(--ink);margin-top:3rem;padding-block:1rem 3rem}
footer p{font-size:.9rem}
:target{outline:2px solid var(--link);outline-offset:.4rem}
.key dd small{white-space:nowrap}
@media (max-width:44rem){
caption{display:block}.key div:last-child:nth-child(odd){grid-column:1/-1}
body{line-height:1.5}h1{font-size:1.7rem}h2{font-size:1.4rem}
.key{grid-template-columns:1fr 1fr}.key dd{font-size:1.3rem}
.cards thead{position:absolute;left:-99rem}
.cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}
.cards td{border:0;padding:0;text-align:left}
.cards td[data-l]::before,.sig td::before{color:var(--mute);font-size:.8rem;font-weight:400}
.cards td[data-l]::before{content:attr(data-l) " "}
.cards tr{border-top:1px solid var(--rule);padding:.6rem 0}
.overview tr{display:grid;grid-template-columns:1.9rem 1fr auto;gap:.15rem .4rem}
.overview .why{grid-column:2/4;width:auto}.overview .t{width:auto}.overview .x{grid-column:2/4;font-size:.86rem}.overview .x+.x{margin-top:-.15rem}
.sig tr{display:grid;grid-template-columns:repeat(3,1fr);gap:.3rem .6rem;border:0;padding:.5rem 0 0}
.sig td:first-child{grid-column:1/3}.sig td::before{display:block;line-height:1.2}
.sig td:nth-child(3)::before{content:"observed"}.sig td:nth-child(4)::before{content:"expected"}.sig td:nth-child(5)::before{content:"threshold"}
.sig td:nth-child(6)::before{content:"unusualness"}.sig td:nth-child(7)::before{content:"severity"}.sig td:nth-child(8)::before{content:"confidence"}
.sig td:nth-child(9)::before{content:"grade"}
.sig .n,.sig .nw{white-space:normal}.sig .r{display:block}.sig .r td{padding-bottom:.5rem}
.clauses li{grid-template-columns:1fr}.clauses .s{line-height:1.4}.clauses .s b{display:inline;margin-right:.5em}
}
@media print{
:root{color-scheme:light;--bg:#fff;--ink:#000;--mute:#444;--rule:#bbb;--soft:#fff;--link:#000;
--signal:#8a3000;--signal-bg:#fff;--quiet:#1f5a66;--quiet-bg:#fff;--stale:#5c4800;--stale-bg:#fff;--none:#444;--none-bg:#fff;
--obs:#51698a;--hit:#b04300;--exp:#1f7a6c;--thr:#7a3f96;--gap:#e6e6e6}
@page{size:A4;margin:17mm 15mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#444}}
html{font-size:9pt}body{line-height:1.4}
main,body>header,body>nav,body>footer{max-width:none;padding:0}
.skip,nav,.up{display:none}
h2{margin-top:0}
h1,h2,h3,h4,summary,caption,thead,.eyebrow,.facts{break-after:avoid}
.group{break-before:page}article{break-before:page;border-top:0;margin:0;padding-top:0}h2+article{break-before:auto}
.group.flow article{break-before:auto;margin-top:8mm}
tr,figure,.clauses li,.key div,.sig tbody{break-inside:avoid}.short tbody{break-inside:auto}
thead{display:table-header-group}
.plots{grid-template-columns:repeat(3,1fr);gap:3mm 6mm}
a{text-decoration:none;color:inherit}
summary{list-style:none;color:var(--mute)}summary::-webkit-details-marker{display:none}
.warning{color:var(--signal);background:#fff}
.sig details ul{list-style:none;padding:0}.sig details li{display:inline;margin-right:1.2em}
:target{outline:0}
}
)css";

}  // namespace icosa::brief
