/// A walk by RFC 8259 with a stack of its own, so that no depth ends the program's.
#include "ingest/formats/json_fault.hpp"

#include <string>

namespace icosa::ingest {
namespace {

class JsonWalk {
public:
    explicit JsonWalk(std::string_view text) : text_(text) {}

    JsonFault run() {
        while (what_.empty()) {
            skip_blanks();
            if (!value()) break;
            if (!after_value()) break;
        }
        return {at_, what_};
    }

private:
    [[nodiscard]] bool ended() const { return at_ >= text_.size(); }
    [[nodiscard]] char here() const { return ended() ? '\0' : text_[at_]; }
    bool wrong(std::string_view what) {
        what_ = ended() ? "the file ends within the document" : what;
        return false;
    }
    void skip_blanks() {
        while (!ended() && (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r')) ++at_;
    }

    bool word(std::string_view text) {
        if (text_.substr(at_, text.size()) != text) return wrong("this is no value (text stands in quotes)");
        at_ += text.size();
        return true;
    }
    bool digits() {
        const std::size_t from = at_;
        while (here() >= '0' && here() <= '9') ++at_;
        return at_ > from || wrong("a digit is missing here");
    }
    bool number() {
        if (here() == '-') ++at_;
        if (!digits()) return false;
        if (here() == '.' && (++at_, !digits())) return false;
        if (here() == 'e' || here() == 'E') {
            ++at_;
            if (here() == '+' || here() == '-') ++at_;
            return digits();
        }
        return true;
    }
    bool text() {
        for (++at_; !ended(); ++at_) {
            const char c = here();
            if (c == '"') {
                ++at_;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return wrong("a text holds a line end or another control byte");
            if (c == '\\') ++at_;
        }
        at_ = text_.size();
        return wrong("");
    }
    bool key() {
        skip_blanks();
        if (here() != '"') return wrong("the name of a field, in quotes, is missing here");
        if (!text()) return false;
        skip_blanks();
        if (here() != ':') return wrong("a colon is missing here");
        ++at_;
        skip_blanks();
        return true;
    }

    /// A value, or the beginning of one that holds others down to its first plain one.
    bool value() {
        for (;;) {
            const char c = here();
            if (c == '"') return text();
            if (c == '-' || (c >= '0' && c <= '9')) return number();
            if (c == 't') return word("true");
            if (c == 'f') return word("false");
            if (c == 'n') return word("null");
            if (c != '{' && c != '[') return wrong("this is no value (text stands in quotes)");
            ++at_;
            skip_blanks();
            if (here() == (c == '{' ? '}' : ']')) {
                ++at_;
                return true;
            }
            open_ += c;
            if (c == '{' && !key()) return false;
        }
    }
    /// What follows a value, up to where the next begins; false at the end and at a fault.
    bool after_value() {
        for (;;) {
            skip_blanks();
            if (open_.empty()) return ended() ? false : wrong("something stands behind the end of the document");
            const bool is_object = open_.back() == '{';
            if (here() == ',') {
                ++at_;
                skip_blanks();
                return !is_object || key();
            }
            if (here() != (is_object ? '}' : ']'))
                return wrong(is_object ? "a comma or the end of the object is missing here"
                                       : "a comma or the end of the list is missing here");
            ++at_;
            open_.pop_back();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string open_;
    std::string_view what_;
};

}  // namespace

JsonFault find_json_fault(std::string_view text) { return JsonWalk(text).run(); }

}  // namespace icosa::ingest
