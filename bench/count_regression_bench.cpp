/// Hurdle and zero-inflated negative binomial regressions: each log-likelihood and its coefficients are first held
/// against R pscl's where R has it, then timed beside it on one core.
///
///     count_regression_bench [DIR [ROWS]]     the rows that R reads are written in DIR; default 20000 rows, with 8
///     covariates
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench.hpp"
#include "methods/forecasts/count_regression.hpp"
#include "methods/statistics/probability.hpp"

using namespace icosa::methods;

namespace {

constexpr const char* name = "count_regression_bench";
constexpr std::size_t covariates = 8;

double uniform(Stream& stream) { return (static_cast<double>(stream.next() >> 11U) + 0.5) * 0x1p-53; }

struct Made {
    Design design{0, covariates + 1, {}};
    std::vector<double> hurdle, inflated;
};

Made make(int rows) {
    Stream stream(1986);
    Made out;
    for (int i = 0; i < rows; ++i) {
        double eta = 1, zero = -0.5;
        out.design.values.push_back(1);
        for (std::size_t j = 0; j < covariates; ++j) {
            const double x = normal_quantile(uniform(stream));
            out.design.values.push_back(x);
            eta += (j % 2 == 0 ? 0.3 : -0.2) * x;
            zero += j < 4 ? 0.4 * x : 0;
        }
        ++out.design.rows;
        const double mean = std::exp(eta), size = 1.2, none = negative_binomial_cdf(0, mean, size);
        const bool any = uniform(stream) < logistic(zero);
        const double u = uniform(stream);
        out.hurdle.push_back(any ? negative_binomial_quantile(none + (1 - none) * u, mean, size) : 0);
        out.inflated.push_back(any ? negative_binomial_quantile(u, mean, size) : 0);
    }
    return out;
}

/// Seconds, log-likelihood, log theta, then the coefficients of the count and of the zero part; nothing where R has no
/// pscl.
std::vector<double> ask_r(const std::string& call, const std::string& path) {
    std::vector<double> out;
    const std::string code = fmt::format(
        "suppressPackageStartupMessages(library(pscl)); options(digits = 17); d <- read.csv('{}'); t <- system.time(m "
        "<- {}); "
        "cat(t[['elapsed']], m[['loglik']], log(m[['theta']]), m[['coefficients']][['count']], "
        "m[['coefficients']][['zero']])",
        path, call);
    std::FILE* pipe = ::popen(fmt::format("Rscript --vanilla -e \"{}\" 2>/dev/null", code).c_str(), "r");
    if (!pipe) return out;
    for (double number = 0; std::fscanf(pipe, "%lf", &number) == 1;) out.push_back(number);
    return ::pclose(pipe) == 0 ? out : std::vector<double>();
}

void compare(const std::string& what, const CountRegressionFit& fit, double own, const std::vector<double>& theirs,
             int rows) {
    if (!fit.converged) icosa::bench::stop(name, what + " did not converge");
    if (theirs.empty())
        return fmt::print("{}, {} rows: {:.3f} s, {} steps; R has no pscl, not compared\n", what, rows, own,
                          fit.iterations);
    std::vector<double> found = {fit.size[0]};
    found.insert(found.end(), fit.mean.begin(), fit.mean.end());
    found.insert(found.end(), fit.zero.begin(), fit.zero.end());
    if (theirs.size() != found.size() + 2) icosa::bench::stop(name, "R gave another number of values");
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) worst = std::max(worst, std::fabs(found[i] - theirs[i + 2]));
    const double more = fit.log_likelihood - theirs[1];
    if (!(more > -1e-5) || more > 0.01 || worst > 0.01)
        icosa::bench::stop(name,
                           fmt::format("{}: log-likelihood {} against {}, coefficients up to {} apart", what,
                                       fit.log_likelihood, theirs[1], worst));
    fmt::print(
        "{}, {} rows: {:.3f} s, {} steps, against pscl's {:.2f} s, ratio {:.1f} (log-likelihood higher by {:.1e}, "
        "coefficients within {:.1e})\n",
        what, rows, own, fit.iterations, theirs[0], theirs[0] / own, more, worst);
}

}  // namespace

int main(int argc, char** argv) {
    const int rows = argc > 2 ? std::atoi(argv[2]) : 20000;
    const Made made = make(rows);
    const auto path = (argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path())
        / fmt::format("{}.{}.csv", name, ::getpid());
    {
        std::ofstream file(path);
        file << "h,z";
        for (std::size_t j = 1; j <= covariates; ++j) file << ",x" << j;
        for (int i = 0; i < rows; ++i) {
            const auto row = static_cast<std::size_t>(i);
            file << fmt::format("\n{},{}", made.hurdle[row], made.inflated[row]);
            for (std::size_t j = 1; j <= covariates; ++j)
                file << fmt::format(",{:.17g}", made.design.values[row * (covariates + 1) + j]);
        }
        file << '\n';
    }
    const Design ones{made.design.rows, 1, std::vector<double>(made.design.rows, 1.0)};
    const CountDesigns designs{made.design, made.design, ones};
    CountRegressionFit fit;
    double own = icosa::bench::seconds([&] { fit = fit_hurdle_negative_binomial(designs, made.hurdle); });
    compare("hurdle", fit, own, ask_r("hurdle(h ~ . - z, data = d, dist = 'negbin')", path.string()), rows);
    own = icosa::bench::seconds([&] { fit = fit_zero_inflated_negative_binomial(designs, made.inflated); });
    compare("zero-inflated", fit, own, ask_r("zeroinfl(z ~ . - h, data = d, dist = 'negbin')", path.string()), rows);
    std::filesystem::remove(path);
}
