#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  matfit::test::accepts(bytes, size);
  return 0;
}
