namespace SeattleWeather;

/// <summary>A forecast that needs no network, with the frequencies of the training years for its probabilities.</summary>
public sealed class Baseline
{
    private readonly Func<Transition, string> _forecast;
    private readonly Func<Transition, string> _given;
    private readonly Dictionary<string, Dictionary<string, double>> _frequencies;

    private Baseline(string name, Func<Transition, string> forecast, Func<Transition, string> given, IEnumerable<Transition> training)
    {
        Name = name;
        _forecast = forecast;
        _given = given;
        _frequencies = training.GroupBy(given).ToDictionary(group => group.Key, Frequencies);
    }

    public string Name { get; }

    /// <summary>Every day the most frequent kind.</summary>
    public static Baseline Majority(IReadOnlyCollection<Transition> training)
    {
        string mostFrequent = Frequencies(training).MaxBy(kind => kind.Value).Key;
        return new("the most frequent kind", _ => mostFrequent, _ => "any day", training);
    }

    /// <summary>Tomorrow as today; the probabilities are the frequencies of what followed a day like today.</summary>
    public static Baseline Persistence(IReadOnlyCollection<Transition> training) =>
        new("as today", day => day.Today, day => day.Today, training);

    public double Accuracy(IEnumerable<Transition> test) => test.Average(day => _forecast(day) == day.Tomorrow ? 1.0 : 0.0);

    /// <summary>The mean of -ln p(tomorrow), with ML.NET's floor under p.</summary>
    public double LogLoss(IEnumerable<Transition> test) =>
        test.Average(day => -Math.Log(Math.Max(_frequencies[_given(day)].GetValueOrDefault(day.Tomorrow), 1e-15)));

    private static Dictionary<string, double> Frequencies(IEnumerable<Transition> days) =>
        days.GroupBy(day => day.Tomorrow).ToDictionary(kind => kind.Key, kind => (double)kind.Count() / days.Count());
}
