/// A finding against what a pack expects of it.
#include "engine/expect.hpp"

#include <gtest/gtest.h>

namespace icosa::engine {
namespace {

TEST(Expects, SignalsSilenceAndState) {
    model::WatchFinding finding;
    finding.id = "a.b";
    finding.state = model::State::Signal;
    for (const char* subject : {"syr", "cwc|europe", "R/73/27"}) {
        model::Signal signal;
        signal.subject = subject;
        signal.period = "2020";
        finding.signals.push_back(signal);
    }
    pack::Expect expect;
    expect.as_of = day_of(2020, 12, 31);
    expect.signals = {"syr", "syr/2020", "cwc|europe/2020", "europe", "R/73/27", "R/73/27/2020"};
    expect.silent = {"irq", "syr/2019", "cwc"};
    expect.state = "signal";
    EXPECT_TRUE(check_expect(finding, expect));
    expect.signals = {"irq"};
    expect.silent = {"europe"};
    expect.state = "quiet";
    EXPECT_EQ(check_expect(finding, expect).error().what,
              "watch 'a.b' as of 2020-12-31: no signal 'irq', a signal 'europe', state 'signal' instead of 'quiet'; it "
              "has: syr/2020, cwc|europe/2020, R/73/27/2020");
}

}  // namespace
}  // namespace icosa::engine
