/// Titles made plain and linked from session to session.
#include "methods/relations/repeated_questions.hpp"

#include <map>

#include "base/text.hpp"

namespace icosa::methods {
namespace {

constexpr std::size_t shortest_title = 12;

}  // namespace

std::string plain_title(std::string_view title) {
    const std::string small = lower(title);
    std::string_view text = small;
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        if (!trim(text.substr(colon + 1)).starts_with("resolution")) continue;
        text = text.substr(0, colon);
        break;
    }
    std::string out;
    for (const char c : text) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

RepeatedQuestions repeated_questions(std::span<const int> sessions, std::span<const std::string> titles, int most_gap) {
    std::map<std::string, std::map<int, std::vector<std::size_t>>> bearers;  // by title, then session
    for (std::size_t i = 0; i < titles.size(); ++i) {
        std::string title = plain_title(titles[i]);
        if (title.size() >= shortest_title) bearers[std::move(title)][sessions[i]].push_back(i);
    }
    std::vector<std::size_t> first(titles.size());  // the earliest roll call of the same question
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = i;
    RepeatedQuestions out;
    for (const auto& [title, by_session] : bearers) {
        const std::size_t* last = nullptr;
        int last_session = 0;
        for (const auto& [session, calls] : by_session) {
            if (calls.size() != 1) continue;
            if (last && session - last_session <= most_gap) {
                first[calls.front()] = first[*last];
                ++out.repeated;
            }
            last = &calls.front();
            last_session = session;
        }
    }
    out.question.resize(first.size());
    std::vector<int> number(first.size(), -1);
    for (std::size_t i = 0; i < first.size(); ++i) {
        int& of = number[first[i]];
        if (of < 0) of = out.questions++;
        out.question[i] = of;
    }
    return out;
}

}  // namespace icosa::methods
