#pragma once

#include <optional>
#include <string_view>

namespace matfit {

// A file of templates/, embedded in the program when it was built: "person.html",
// "strings.en.toml". Absent for a name that is none of them.
std::optional<std::string_view> embedded_template(std::string_view name);

}  // namespace matfit
