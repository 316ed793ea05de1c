namespace SeattleWeather;

/// <summary>A forecast that needs no network, with the frequencies of the training years for its probabilities.</summary>
public sealed class Baseline
{
    private readonly Func<WeatherWindow, string> _forecast;
    private readonly Func<WeatherWindow, string> _given;
    private readonly Dictionary<string, Dictionary<string, double>> _frequencies;

    private Baseline(Func<WeatherWindow, string> forecast, Func<WeatherWindow, string> given, IEnumerable<WeatherWindow> training)
    {
        _forecast = forecast;
        _given = given;
        _frequencies = training.GroupBy(given).ToDictionary(group => group.Key, Frequencies);
    }

    /// <summary>Every day the most frequent kind.</summary>
    public static Baseline Majority(IReadOnlyCollection<WeatherWindow> training)
    {
        string mostFrequent = Frequencies(training).MaxBy(kind => kind.Value).Key;
        return new(_ => mostFrequent, _ => "any day", training);
    }

    /// <summary>Tomorrow as today; the probabilities are the frequencies of what followed a day like today.</summary>
    public static Baseline Persistence(IReadOnlyCollection<WeatherWindow> training) => new(window => window.Today, window => window.Today, training);

    public double Accuracy(IEnumerable<WeatherWindow> test) => test.Average(window => _forecast(window) == window.Tomorrow ? 1.0 : 0.0);

    /// <summary>The mean of -ln p(tomorrow), with ML.NET's floor under p.</summary>
    public double LogLoss(IEnumerable<WeatherWindow> test) =>
        test.Average(window => -Math.Log(Math.Max(_frequencies[_given(window)].GetValueOrDefault(window.Tomorrow), 1e-15)));

    private static Dictionary<string, double> Frequencies(IEnumerable<WeatherWindow> windows) =>
        windows.GroupBy(window => window.Tomorrow).ToDictionary(kind => kind.Key, kind => (double)kind.Count() / windows.Count());
}
