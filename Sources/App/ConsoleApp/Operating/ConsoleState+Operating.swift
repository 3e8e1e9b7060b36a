/// What comes of the operator's wishes.
extension ConsoleState {
  mutating func take(_ news: OperatorNews) -> [Effect] {
    switch news {
    case .log(let number, let news): takeLog(number, news)
    case .office(let news): take(news)
    case .refused(let wish, let refusal): takeRefusal(wish, refusal)
    case .auth(let news): take(news)
    case .diagnosis(let news): take(news)
    }
  }
}
