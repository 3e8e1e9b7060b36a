/// What comes of the operator's wishes.
extension ConsoleState {
  mutating func take(_ news: OperatorNews) -> [Effect] {
    switch news {
    case .log(let number, let news): takeLog(number, news)
    }
  }
}
