/// Marks each period back from the present with its level, then reads the marks off as runs.
#include "methods/alarms/season_plan.hpp"

#include <algorithm>

namespace icosa::methods {

SeasonPlan plan_seasons(int season, int years, int half_window, int periods, int excluded) {
    SeasonPlan plan;
    std::vector<int> level_of;  // by periods back, from the oldest row on; 0 = no row, else the level from 1
    plan.reach = season * years + half_window;
    level_of.assign(static_cast<std::size_t>(plan.reach) + 1, 0);
    const auto mark = [&](int from_back, int length, int level) {  // towards the present
        for (int i = 0; i < length; ++i) {
            if (from_back - i >= 0) level_of[static_cast<std::size_t>(from_back - i)] = level;
        }
    };
    const int gap = season - 2 * half_window - 1;
    for (int year = years; year >= 1; --year) {
        mark(season * year + half_window, 2 * half_window + 1, periods);
        if (periods == 1) continue;
        int back = season * year - half_window - 1;
        for (int part = 1; part < periods; ++part) {
            const int length = gap / (periods - 1) + (part <= gap % (periods - 1) ? 1 : 0);
            mark(back, length, part);
            back -= length;
        }
    }
    mark(half_window, half_window + 1, periods);  // the newest weeks too, where they are not left out
    for (int back = 0; back <= std::min(excluded, plan.reach); ++back) level_of[static_cast<std::size_t>(back)] = 0;
    std::vector<int> number(static_cast<std::size_t>(periods) + 1, -1);
    for (int back = plan.reach; back >= 1; --back) {
        const int level = level_of[static_cast<std::size_t>(back)];
        if (level == 0) continue;
        auto& at = number[static_cast<std::size_t>(level)];
        if (at < 0) at = plan.levels++;
        ++plan.rows;
        const bool goes_on = !plan.blocks.empty() && plan.blocks.back().level == at
            && plan.blocks.back().back - plan.blocks.back().length == back;
        if (goes_on) {
            ++plan.blocks.back().length;
        } else {
            plan.blocks.push_back({back, 1, at});
        }
    }
    plan.predicted = number[static_cast<std::size_t>(periods)];
    return plan;
}

PlanExtent extent_of(const SeasonPlan& plan) {
    PlanExtent out;
    if (plan.blocks.empty()) return out;
    const int oldest = plan.blocks.front().back;
    const int newest = plan.blocks.back().back - plan.blocks.back().length + 1;
    out.middle = 0.5 * (oldest + newest);
    out.farthest = 0.5 * (oldest - newest);
    for (const auto& block : plan.blocks) out.longest = std::max(out.longest, block.length);
    return out;
}

}  // namespace icosa::methods
