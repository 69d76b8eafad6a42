// The numerical contract: the same experiment gives the same bits natively and as WebAssembly,
// whatever the compiler. fixtures/digests.txt holds the digests, and this test runs in every build.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "init_lab/experiment/experiment.hpp"
#include "spec_lines.hpp"

namespace init_lab {
namespace {

/// FNV-1a (64 bits) of the bytes of the numbers, least significant byte first, in hexadecimal.
std::string digest(const std::vector<double>& values) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const double value : values) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    for (int byte = 0; byte < 8; ++byte) {
      hash ^= (bits >> (8 * byte)) & 0xff;
      hash *= 0x100000001b3;
    }
  }
  std::string text;
  for (int digit = 15; digit >= 0; --digit) text += "0123456789abcdef"[(hash >> (4 * digit)) & 0xf];
  return text;
}

TEST(SameBits, agree_with_the_committed_digests_for_every_experiment) {
  std::ifstream file(INIT_LAB_FIXTURES "/digests.txt");
  int experiments = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto space = line.find(' ');
    const std::string text = line.substr(space + 1);
    EXPECT_EQ(digest(run(testing::spec_from(text)).parameters), line.substr(0, space)) << text;
    ++experiments;
  }
  EXPECT_GE(experiments, 60);
}

}  // namespace
}  // namespace init_lab
