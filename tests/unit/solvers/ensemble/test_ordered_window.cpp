#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/ensemble/ordered_window.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Rows row_of(Index member) {
  Rows rows;
  rows.members = {member};
  return rows;
}

TEST(OrderedWindow, HandsOnInOrderWhateverTheOrderOfDelivery) {
  std::vector<Index> taken;
  OrderedWindow window(3, 7, 10, [&](Index number, Rows&& rows) {
    EXPECT_EQ(rows.members.front(), 10 * number);
    taken.push_back(number);
  });
  for (Index i = 3; i < 7; ++i) EXPECT_EQ(window.next(), i);
  EXPECT_EQ(window.next(), std::nullopt);
  window.deliver(5, row_of(50));
  EXPECT_THAT(taken, IsEmpty());
  window.deliver(3, row_of(30));
  EXPECT_THAT(taken, ElementsAre(3));
  window.deliver(4, row_of(40));
  EXPECT_THAT(taken, ElementsAre(3, 4, 5));
  EXPECT_EQ(window.finish(), 6);
}

TEST(OrderedWindow, NeverHoldsMoreThanItsWidth) {
  constexpr Index n = 400, width = 6;
  std::atomic<Index> out = 0, most = 0;
  std::vector<Index> taken;
  OrderedWindow window(0, n, width, [&](Index number, Rows&&) {
    taken.push_back(number);
    --out;
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      while (const auto number = window.next()) {
        const Index now = ++out;
        for (Index seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
        window.deliver(*number, row_of(*number));
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(window.finish(), n);
  for (Index i = 0; i < n; ++i) EXPECT_EQ(taken[static_cast<std::size_t>(i)], i);
  EXPECT_LE(most, width);
}

TEST(OrderedWindow, CalledOffItTakesWhatIsOut) {
  Index n_taken = 0;
  OrderedWindow window(0, 100, 8, [&](Index, Rows&&) { ++n_taken; });
  EXPECT_EQ(window.next(), 0);
  EXPECT_EQ(window.next(), 1);
  window.call_off();
  EXPECT_EQ(window.next(), std::nullopt);
  window.deliver(1, row_of(1));
  window.deliver(0, row_of(0));
  EXPECT_EQ(window.finish(), 2);
  EXPECT_EQ(n_taken, 2);
}

TEST(OrderedWindow, AWriterThatFailsEndsTheWork) {
  OrderedWindow window(0, 100, 8, [](Index, Rows&&) { throw std::runtime_error("disk"); });
  EXPECT_EQ(window.next(), 0);
  window.deliver(0, row_of(0));
  EXPECT_EQ(window.next(), std::nullopt);
  EXPECT_THROW(static_cast<void>(window.finish()), std::runtime_error);
}

}  // namespace
}  // namespace poultice::solvers
