#pragma once

#include "file_variants.hpp"

#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace matfit::test {

// A small recording in the words of one vendor's software.
struct VariantSample {
  std::string name;
  std::string format;
  std::string text;
  Parted parted;
  ReadOptions options;
  // Variants in which its numbers, or the file's kind, can no longer be told.
  std::set<std::string> ambiguous;
};

inline std::ostream& operator<<(std::ostream& out, const VariantSample& sample) {
  return out << sample.name;
}

// One or more of every text format, with empty cells, fractions and numbers beyond a thousand.
std::vector<VariantSample> variant_samples();

}  // namespace matfit::test
