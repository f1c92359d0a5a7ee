/// Templates to addresses and names.
#include "fetch/source_addresses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::fetch {
namespace {

using pack::Paging;
using pack::SentForm;

constexpr int most_windows_asked = 2000;

std::string_view ending_of_form(SentForm form) {
    switch (form) {
        case SentForm::Csv: return ".csv";
        case SentForm::Json: return ".json";
        case SentForm::JsonLines: return ".jsonl";
        case SentForm::Xml: return ".xml";
        case SentForm::Workbook: return ".xlsx";
        case SentForm::Zip: return ".zip";
        case SentForm::Gzip: return ".gz";
        case SentForm::Tar: return ".tar.gz";
        case SentForm::Text: return ".txt";
    }
    return "";
}

/// "a-2.json" of "a.json".
std::string numbered(const std::string& name, int number) {
    if (number <= 1) return name;
    const auto dot = name.find('.', 1);
    return fmt::format("{}-{}{}", name.substr(0, dot), number, dot == std::string::npos ? "" : name.substr(dot));
}

}  // namespace

Slots slots_on(const pack::FetchRule& rule, Day today, Day since) {
    Slots out;
    out.day = out.until = today;
    out.since = since != no_day ? since : rule.days > 0 ? today - rule.days : rule.since != no_day ? rule.since : today;
    out.page = rule.paging.first;
    out.size = rule.paging.size;
    return out;
}

std::string address_of(const pack::FetchRule& rule, const Slots& slots) {
    std::string out = fill(rule.url, slots);
    if (rule.method == pack::FetchMethod::Post || rule.parameters.empty()) return out;
    std::map<std::string, std::string> filled;
    for (const auto& [name, text] : rule.parameters) filled[name] = fill(text, slots);
    return out + (out.find('?') == std::string::npos ? "?" : "&") + form_text(filled);
}

std::vector<Slots> first_requests(const pack::FetchRule& rule, Day today, Day since) {
    Slots slots = slots_on(rule, today, since);
    const int newest = period_of(today, rule.paging.period);
    int windows = 1;
    if (rule.paging.kind == Paging::DateWindows)
        windows = since == no_day
            ? rule.paging.most
            : std::clamp(newest - period_of(since, rule.paging.period) + 1, 1, most_windows_asked);
    std::vector<Slots> out;
    for (const std::string& each : rule.each.empty() ? std::vector<std::string>{""} : rule.each) {
        slots.each = each;
        for (int i = 0; i < windows; ++i) {
            if (rule.paging.kind == Paging::DateWindows) slots.day = first_day_of(newest - i, rule.paging.period);
            out.push_back(slots);
        }
    }
    return out;
}

std::string file_of(const pack::SourceCard& card, const pack::FetchRule& rule, const std::string& url,
                    const Slots& slots, int number) {
    if (!rule.file.empty()) {
        const auto used = pack::slots_of(rule.file);
        const bool is_told_apart = std::ranges::any_of(
            used, [](const std::string& slot) { return slot == "page" || slot == "offset" || slot == "cursor"; });
        return numbered(safe_name(fill(rule.file, slots)), is_told_apart ? 1 : number);
    }
    const std::string name = file_name_of(url);
    // the last part of an address that is a question ("population/?limit=10") is no file's name
    const bool is_file = !name.empty() && name.find('.') != std::string::npos;
    return numbered(is_file ? name : card.id + std::string(ending_of_form(rule.form)), number);
}

}  // namespace icosa::fetch
