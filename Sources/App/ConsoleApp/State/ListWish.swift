/// Which rows of a list are wanted: by what they are chosen and ordered, and among which.
struct ListWish: Sendable, Hashable {
  let screen: Screen
  let filter: String
  let rules: FilterRules
  let order: ListOrder?
  let revision: Int
}
