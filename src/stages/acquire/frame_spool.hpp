#pragma once

#include "types/recording.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace matfit {

struct FrameSpoolOptions {
  std::size_t memory_bytes = std::size_t{16} << 20;  // beyond it frames go to a temporary file
  std::filesystem::path folder = std::filesystem::temp_directory_path();
};

// The frames of a file that can only be read from its beginning (text), given one after the other
// and then read in any order. Memory does not grow with the file: what goes beyond memory_bytes
// lies in a temporary file that has no name, so that nothing is left whatever happens.
class FrameSpool {
 public:
  // `file`: named in errors.
  FrameSpool(std::string file, std::size_t cells, FrameSpoolOptions options = {});
  ~FrameSpool();
  FrameSpool(FrameSpool&&) noexcept;
  FrameSpool& operator=(FrameSpool&&) noexcept;

  // One frame, `cells` values; NaN is kept. InputError where the temporary file cannot be written.
  void append(std::span<const float> frame);
  std::size_t size() const;  // frames so far
  // Whether every value so far, NaN aside, is a whole number that fits uint16.
  bool integer_counts() const;
  // The frames given so far; safe to read from several threads. Call once, last.
  std::shared_ptr<const FrameSource> finish();

 private:
  struct Contents;
  std::unique_ptr<Contents> contents_;
};

}  // namespace matfit
