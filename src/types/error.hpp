#pragma once

#include <stdexcept>
#include <string>

namespace matfit {

// What is wrong with an input, in the five parts that a user needs to mend it.
struct InputFault {
  std::string file;      // path as the user gave it; empty where no file is meant
  std::string place;     // "line 12, column 3", "dataset /frames", "column mass_kg"; may be empty
  std::string value;     // the offending value, quoted as read; may be empty
  std::string expected;  // what would have been right
  std::string remedy;    // what to do
};

// Bad input of one recording or table: that item fails, the others go on (exit code 1).
class InputError : public std::runtime_error {
 public:
  explicit InputError(InputFault fault);
  const InputFault& fault() const { return fault_; }

 private:
  InputFault fault_;
};

// Wrong usage or set-up: nothing can go on (exit code 2).
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One line: "FILE: PLACE: got VALUE, expected EXPECTED; REMEDY". Control characters are replaced.
std::string one_line(const InputFault& fault);

}  // namespace matfit
