#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace matfit::h5 {

// An HDF5 call failed or an object is not what was asked for. what() is one line that names the
// file, the object and the problem, with HDF5's own innermost reason where it gave one.
class Error : public std::runtime_error {
 public:
  Error(const std::filesystem::path& file, std::string object, std::string problem);

  const std::string& object() const { return object_; }    // "/frames", "/mat@row_pitch_mm"
  const std::string& problem() const { return problem_; }  // without file and object

 private:
  std::string object_;
  std::string problem_;
};

}  // namespace matfit::h5
