/// Expected failure as a value: what went wrong, where, and what cures it.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace icosa {

/// A place in an outside text. line and column count from 1; 0 = not known.
struct Where {
    std::string file;
    int line = 0;
    int column = 0;
};

/// What kind of failure: decides the exit code (see app/exit_code.hpp).
enum class Fault { Usage, Pack, Data, Store };

/// One fault, as the user will read it: `file:line:column: error[code]: what (cure)`.
struct Error {
    Fault fault = Fault::Data;
    std::string code;  ///< kebab-case, stable: "unknown-key"
    Where where;
    std::string what;  ///< one sentence naming the value and what is allowed
    std::string cure;  ///< what the user can do; may be empty
};

/// `packs/a.toml:41:9: error[unknown-key]: no option 'x' (did you mean 'y'?)`; parts that are not known are left out.
[[nodiscard]] std::string render(const Error& error);

template <class T> using Result = std::expected<T, Error>;

using Diagnostics = std::vector<Error>;

inline std::unexpected<Error> fail(Fault fault, std::string code, Where where, std::string what,
                                   std::string cure = {}) {
    return std::unexpected(Error{fault, std::move(code), std::move(where), std::move(what), std::move(cure)});
}

}  // namespace icosa

/// The value of a Result, or return its error from the enclosing function.
#define TRY(expression)                                                           \
    (__extension__({                                                              \
        auto try_result_ = (expression);                                          \
        if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
        std::move(try_result_).value();                                           \
    }))
