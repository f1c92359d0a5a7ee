/// Rows of options.
#include "cli/command.hpp"

#include "base/text.hpp"

namespace icosa::cli {

Option Option::as(std::string value_of_it) && {
    value = std::move(value_of_it);
    return std::move(*this);
}

Option Option::one_of(std::vector<std::string> those) && {
    choices = std::move(those);
    return std::move(*this);
}

Option Option::within(double from, double to) && {
    least = from;
    most = to;
    return std::move(*this);
}

Option Option::at_least(double from) && {
    least = from;
    return std::move(*this);
}

Option Option::required() && {
    is_required = true;
    return std::move(*this);
}

Option Option::written() && {
    is_written = true;
    return std::move(*this);
}

std::vector<std::string> Option::flags() const {
    std::vector<std::string> out;
    for (const auto one : split(name, ',')) out.emplace_back(one);
    return out;
}

std::string Option::placeholder() const {
    struct Name {
        std::string operator()(const bool*) const { return ""; }
        std::string operator()(const Day*) const { return "DAY"; }
        std::string operator()(const std::string*) const { return "TEXT"; }
        std::string operator()(const std::vector<std::string>*) const { return "TEXT"; }
        std::string operator()(const double*) const { return "NUMBER"; }
        std::string operator()(const int*) const { return "N"; }
        std::string operator()(const std::int64_t*) const { return "N"; }
        std::string operator()(const std::uint64_t*) const { return "N"; }
    };
    if (is_argument()) return name;
    if (!choices.empty()) return join(choices, "|");
    return value.empty() ? std::visit(Name{}, target) : value;
}

std::string Option::fallback() const {
    struct Written {
        std::string operator()(const bool*) const { return ""; }
        std::string operator()(const Day*) const { return ""; }
        std::string operator()(const std::string* text) const { return *text; }
        std::string operator()(const std::vector<std::string>*) const { return ""; }
        std::string operator()(const double* number) const { return *number > 0 ? number_text(*number) : ""; }
        std::string operator()(const int* number) const { return *number > 0 ? std::to_string(*number) : ""; }
        std::string operator()(const std::int64_t* number) const { return *number > 0 ? std::to_string(*number) : ""; }
        std::string operator()(const std::uint64_t* number) const { return std::to_string(*number); }
    };
    return is_argument() ? "" : std::visit(Written{}, target);
}

Option option(std::string name, Target target, std::string doc) {
    return {.name = std::move(name), .target = target, .doc = std::move(doc)};
}

Option db_option(Common& common) { return option("--db", &common.db, "the database file").as("FILE"); }

Option wait_option(Common& common) {
    return option("--wait", &common.wait, "wait so many seconds for a database that another process holds")
        .as("SECONDS")
        .within(0, 86400);
}

Option json_option(Common& common) { return option("--json", &common.json, "only JSON on standard output"); }

Option packs_option(Common& common) {
    return option("--packs", &common.packs, "a directory of packs instead of the shipped ones").as("DIR");
}

Option add_option(Common& common) {
    return option("--add", &common.add,
                  "a folder of packs of your own, whose *.toml add to the others or replace them by id")
        .as("DIR");
}

Option framework_option(Common& common) {
    return option("--framework", &common.framework, "another framework file").as("FILE");
}

Option threads_option(Common& common) {
    return option("--threads", &common.threads, "threads; the result is the same for any number").within(1, 256);
}

}  // namespace icosa::cli
