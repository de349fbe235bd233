#pragma once

#include <cstddef>
#include <string>

namespace matfit {

// Characters, not bytes, of a UTF-8 text.
std::size_t characters(const std::string& text);

}  // namespace matfit
