#include "h5/error.hpp"
#include "h5/file.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

namespace matfit::h5 {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

std::vector<std::uint16_t> counting(std::size_t n) {
  std::vector<std::uint16_t> values(n);
  std::iota(values.begin(), values.end(), std::uint16_t{0});
  return values;
}

void write_cube(const std::filesystem::path& path, std::size_t rows) {
  File file = File::create(path);
  const std::vector<std::uint16_t> values = counting(rows * 6);
  file.write_dataset<std::uint16_t>("/cube", {rows, 2, 3}, values, {.compressed = true});
  file.close();
}

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(H5File, gives_back_the_attributes_that_were_written) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  {
    File file = File::create(path);
    file.make_group("/mat");
    file.write_attribute("/mat", "model", "Größe 7");
    file.write_attribute("/mat", "empty", "");
    file.write_attribute("/mat", "pitch", 28.4);
    file.write_attribute("/", "version", std::int64_t{3});
    file.close();
  }
  const File file = File::open(path);
  EXPECT_EQ(file.text_attribute("/mat", "model"), "Größe 7");
  EXPECT_EQ(file.text_attribute("/mat", "empty"), "");
  EXPECT_EQ(file.number_attribute("/mat", "pitch"), 28.4);
  EXPECT_EQ(file.number_attribute("/", "version"), 3.0);
  EXPECT_EQ(file.text_attribute("/mat", "absent"), std::nullopt);
  EXPECT_THAT(file.attribute_names("/mat"), testing::ElementsAre("empty", "model", "pitch"));
}

TEST(H5File, lists_what_lies_directly_in_a_group) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  {
    File file = File::create(path);
    file.make_group("/b");
    file.write_dataset<std::uint16_t>("/b/inner", {2}, counting(2));
    file.write_dataset<std::uint16_t>("/a", {2}, counting(2));
    file.close();
  }
  const File file = File::open(path);
  EXPECT_THAT(file.names_in("/"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(file.names_in("/b"), testing::ElementsAre("inner"));
  EXPECT_THAT(message_of([&] { file.names_in("/c"); }), HasSubstr("/c"));
}

TEST(H5File, refuses_an_attribute_of_another_kind_and_names_it) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  File file = File::create(path);
  file.write_attribute("/", "id", "seven");
  EXPECT_THAT(message_of([&] { file.number_attribute("/", "id"); }),
              testing::AllOf(HasSubstr("a.h5"), HasSubstr("/@id"), HasSubstr("not one number")));
  file.write_attribute("/", "n", 7.0);
  EXPECT_THAT(message_of([&] { file.text_attribute("/", "n"); }), HasSubstr("not one text"));
}

TEST(H5File, reads_any_block_of_rows_as_it_was_written) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_cube(path, 50);
  const Dataset cube = File::open(path).dataset("/cube");
  EXPECT_EQ(cube.shape(), (Shape{50, 2, 3}));
  EXPECT_EQ(cube.element(), Element::uint16);
  const std::vector<std::uint16_t> all = counting(300);
  for (std::size_t first : {0u, 7u, 49u}) {
    for (std::size_t count : {0u, 1u}) {
      std::vector<float> block(count * 6);
      cube.read_rows<float>(first, count, block);
      EXPECT_TRUE(std::equal(block.begin(), block.end(), all.begin() + first * 6));
    }
  }
  EXPECT_EQ(cube.read<std::uint16_t>(), all);
}

TEST(H5File, refuses_a_block_beyond_the_end) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_cube(path, 5);
  const Dataset cube = File::open(path).dataset("/cube");
  std::vector<float> block(12);
  EXPECT_THAT(message_of([&] { cube.read_rows<float>(4, 2, block); }),
              HasSubstr("lie beyond the 5 rows"));
  EXPECT_THAT(message_of([&] { cube.read_rows<float>(0, 1, block); }),
              HasSubstr("has 6 values, not 12"));
}

TEST(H5File, writes_the_same_bytes_for_the_same_input) {
  const TemporaryFolder folder;
  write_cube(folder.path() / "a.h5", 50);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // HDF5 keeps times in seconds
  write_cube(folder.path() / "b.h5", 50);
  EXPECT_EQ(bytes_of_file(folder.path() / "a.h5"), bytes_of_file(folder.path() / "b.h5"));
}

TEST(H5File, tells_a_missing_a_foreign_and_a_cut_file_apart_from_a_good_one) {
  const TemporaryFolder folder;
  const auto whole = folder.path() / "whole.h5";
  write_cube(whole, 2000);
  const auto cut = folder.path() / "cut.h5";
  std::filesystem::copy_file(whole, cut);
  std::filesystem::resize_file(cut, std::filesystem::file_size(whole) / 2);
  std::ofstream(folder.path() / "text.h5") << "not HDF5 at all, but long enough";
  EXPECT_TRUE(is_hdf5(whole));
  EXPECT_TRUE(is_hdf5(cut));
  EXPECT_FALSE(is_hdf5(folder.path() / "text.h5"));
  EXPECT_THAT(message_of([&] { File::open(cut); }), HasSubstr("truncated"));
  EXPECT_THROW(File::open(folder.path() / "text.h5"), Error);
  EXPECT_THROW(File::open(folder.path() / "absent.h5"), Error);
}

TEST(H5File, names_the_object_that_is_not_there) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_cube(path, 2);
  const File file = File::open(path);
  EXPECT_FALSE(file.has_dataset("/labels/posture"));
  EXPECT_FALSE(file.has_group("/cube"));
  EXPECT_TRUE(file.has_group("/"));
  EXPECT_THAT(message_of([&] { file.dataset("/labels/posture"); }), HasSubstr("/labels/posture"));
}

TEST(H5File, prints_nothing_when_a_call_fails) {
  testing::internal::CaptureStderr();
  EXPECT_THROW(File::open("/nowhere/at/all.h5"), Error);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(H5File, gives_the_same_values_to_many_threads_at_once) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_cube(path, 1000);
  const Dataset cube = File::open(path).dataset("/cube");
  const std::vector<std::uint16_t> all = counting(6000);
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t first = t; first + 3 <= 1000; first += 4) {
        std::vector<std::uint16_t> block(18);
        cube.read_rows<std::uint16_t>(first, 3, block);
        wrong[t] += !std::equal(block.begin(), block.end(),
                                all.begin() + static_cast<std::ptrdiff_t>(first * 6));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, testing::Each(0));
}

TEST(H5Chunks, hold_whole_rows_where_they_fit_and_never_exceed_half_a_mebibyte) {
  EXPECT_EQ(chunk_shape({1000, 64, 32}, 2), (Shape{128, 64, 32}));
  EXPECT_EQ(chunk_shape({3, 64, 32}, 4), (Shape{3, 64, 32}));
  EXPECT_EQ(chunk_shape({10, 1000, 1000}, 4), (Shape{1, 131, 1000}));
  EXPECT_EQ(chunk_shape({0, 2, 2}, 4), (Shape{1, 2, 2}));
}

}  // namespace
}  // namespace matfit::h5
