/// Values of options written down.
#include "detect/surveillance/told_options.hpp"

#include "base/text.hpp"
#include "detect/surveillance/series.hpp"

namespace icosa::detect {
namespace {

std::string value_text(const pack::Options& options, const pack::Field& field) {
    switch (field.type) {
        case pack::FieldType::Number: return number_text(options.number(field.name));
        case pack::FieldType::Whole: return std::to_string(options.whole(field.name));
        case pack::FieldType::Text:
        case pack::FieldType::Choice: return options.text(field.name);
        case pack::FieldType::Flag: return options.flag(field.name) ? "true" : "false";
    }
    return {};
}

}  // namespace

std::vector<ToldOption> told_options(const pack::Judging& judging, const pack::Spec& spec) {
    Diagnostics faults;
    const Method* method = find_method(spec.name);
    const pack::Options options =
        method ? watch_options(judging, *method, faults) : pack::parse_options(judging.method, spec, faults);
    std::vector<ToldOption> out;
    for (const pack::Field& field : spec.fields) {
        if (options.has(field.name))
            out.push_back({std::string(field.name), value_text(options, field), std::string(field.doc)});
    }
    return out;
}

}  // namespace icosa::detect
