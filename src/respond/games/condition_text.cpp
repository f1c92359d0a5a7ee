/// Conditions by recursive descent, as alternatives of conjunctions at once.
#include "respond/games/condition_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::respond::games {
namespace {

using methods::conflict_graph::Condition;
using methods::conflict_graph::State;
using methods::conflict_graph::Term;

constexpr std::size_t most_alternatives = 4096;

Condition both_hold(const Condition& a, const Condition& b) {
    Condition out;
    for (const Term& x : a)
        for (const Term& y : b)
            if (((x.value ^ y.value) & x.mask & y.mask) == 0 && out.size() <= most_alternatives)
                out.push_back({x.mask | y.mask, x.value | y.value});
    return out;
}

Condition opposite(const Condition& of) {
    Condition out = {Term{}};
    for (const Term& term : of) {
        Condition one;
        for (State rest = term.mask; rest != 0; rest &= rest - 1) {
            const State bit = rest & -rest;
            one.push_back({bit, ~term.value & bit});
        }
        out = both_hold(out, one);
    }
    return out;
}

class ConditionParser {
public:
    ConditionParser(std::string_view text, std::span<const std::string> options, Where where)
        : text_(text), options_(options), where_(std::move(where)) {
        next();
    }

    Result<Condition> whole() {
        Condition out = TRY(alternatives(0));
        if (!word_.empty()) return wrong(fmt::format("'{}' follows the end of the condition", excerpt(word_)));
        if (out.size() > most_alternatives)
            return fail(Fault::Data, "too-long-condition", where_,
                        fmt::format("the condition comes to more than {} alternatives", most_alternatives),
                        "write it with fewer 'or' within 'and'");
        return out;
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(std::string what) const {
        Where at = where_;
        at.column += static_cast<int>(begin_) + 1;
        return fail(Fault::Data, "bad-condition", at, std::move(what),
                    "join names of options by and, or, not and brackets: \"withdraw and not (strike or block)\"");
    }

    void next() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
        begin_ = at_;
        if (at_ < text_.size() && std::string_view("()").contains(text_[at_])) ++at_;
        else
            while (at_ < text_.size() && !std::string_view(" \t\r\n()").contains(text_[at_])) ++at_;
        word_ = text_.substr(begin_, at_ - begin_);
    }

    bool take(std::string_view word) {
        if (word_ != word) return false;
        next();
        return true;
    }

    Result<Condition> alternatives(int depth) {  // NOLINT(misc-no-recursion): as deep as brackets go, at most 100
        Condition out = TRY(conjunction(depth));
        while (take("or"))
            for (const Term& term : TRY(conjunction(depth))) out.push_back(term);
        return out;
    }

    Result<Condition> conjunction(int depth) {  // NOLINT(misc-no-recursion): as deep as brackets go
        Condition out = TRY(factor(depth));
        while (take("and")) out = both_hold(out, TRY(factor(depth)));
        return out;
    }

    Result<Condition> factor(int depth) {  // NOLINT(misc-no-recursion): as deep as brackets go
        if (depth > 100) return wrong("here are more than 100 brackets within each other");
        if (take("not")) return opposite(TRY(factor(depth + 1)));
        if (take("if")) {
            Condition out = opposite(TRY(alternatives(depth + 1)));
            if (!take("then")) return wrong("'if' wants a 'then'");
            for (const Term& term : TRY(alternatives(depth + 1))) out.push_back(term);
            return out;
        }
        if (take("(")) {
            Condition out = TRY(alternatives(depth + 1));
            if (!take(")")) return wrong("a bracket is not closed");
            return out;
        }
        return name();
    }

    Result<Condition> name() {
        if (word_.empty()) return wrong("the condition ends where the name of an option must stand");
        Term term;
        if (const auto found = std::ranges::find(options_, word_); found != options_.end()) {
            term.mask = term.value = State{1} << (found - options_.begin());
        } else if (word_.size() == options_.size() && word_.find_first_not_of("YN-") == std::string_view::npos) {
            for (std::size_t o = 0; o < word_.size(); ++o) {
                if (word_[o] != '-') term.mask |= State{1} << o;
                if (word_[o] == 'Y') term.value |= State{1} << o;
            }
        } else {
            const auto near = nearest(word_, options_);
            Where at = where_;
            at.column += static_cast<int>(begin_) + 1;
            return fail(
                Fault::Data, "unknown-option", at, fmt::format("no option '{}'", excerpt(word_)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(options_, ", ")));
        }
        next();
        return Condition{term};
    }

    std::string_view text_;
    std::span<const std::string> options_;
    Where where_;
    std::size_t at_ = 0, begin_ = 0;
    std::string_view word_;
};

}  // namespace

Result<Condition> parse_condition(std::string_view text, std::span<const std::string> options, const Where& where) {
    return ConditionParser(text, options, where).whole();
}

Result<OverText> parse_over(std::string_view text, std::span<const std::string> options, const Where& where) {
    OverText out;
    if (const auto comma = text.rfind(','); comma != std::string_view::npos) {
        const std::string_view tail = trim(text.substr(comma + 1));
        if (tail != "all else equal" && tail != "whatever else")
            return fail(Fault::Data, "bad-statement", where,
                        fmt::format("'{}' says nothing of the rest", excerpt(tail)),
                        "end with ', all else equal' or ', whatever else'");
        out.is_all_else_equal = tail == "all else equal";
        text = text.substr(0, comma);
    }
    for (const std::string_view word : {" over ", " before "}) {
        const auto at = text.find(word);
        if (at == std::string_view::npos) continue;
        Where behind = where;
        behind.column += static_cast<int>(at + word.size());
        out.better = TRY(parse_condition(text.substr(0, at), options, where));
        out.worse = TRY(parse_condition(text.substr(at + word.size()), options, behind));
        return out;
    }
    return fail(Fault::Data, "bad-statement", where,
                fmt::format("'{}' does not say what is better than what", excerpt(text)),
                "write \"peace over war\" or \"peace over war, all else equal\"");
}

}  // namespace icosa::respond::games
