#pragma once

#include <cstdint>
#include <string_view>

namespace matfit {

// Hashes that are the same on every platform and in every version, unlike std::hash; no protection
// against anybody who means harm. FNV-1a (Fowler, Noll, Vo; IETF draft-eastlake-fnv).
std::uint64_t fnv1a_64(std::string_view bytes);
std::uint32_t fnv1a_32(std::string_view bytes);

}  // namespace matfit
