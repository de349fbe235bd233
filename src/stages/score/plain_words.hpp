#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// Lower case (ASCII), everything but letters, digits and bytes beyond ASCII as one space between
// words: "Low-Back  PAIN" -> "low back pain". Idempotent.
std::string plain_words(std::string_view text);

// Where `phrase` stands in `text` as whole words, both plain; the first place.
std::optional<std::size_t> phrase_place(std::string_view text, std::string_view phrase);

}  // namespace matfit
