/// The foot of index.html: the notices once more, and of what it was made.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void write_foot(HtmlSheet& out) {
    put(out.text,
        "<footer>\n<p>{}</p>\n<p>{}</p>\n<p class=\"mute\">{} · Icosa {} · packs <code>{}</code> · {}</p>\n"
        "</footer>\n</body>\n</html>\n",
        both(notice_boundaries_words), both(notice_person_words), html(out.dossier.handling), html(out.dossier.version),
        html(out.dossier.packs_digest), html(out.dossier.framework_source));
}

}  // namespace icosa::brief
