namespace SeattleWeather;

/// <summary>The kind of weather on two days that follow one another.</summary>
public sealed record Transition(string Today, string Tomorrow)
{
    public static Transition[] Of(IReadOnlyList<WeatherModel.ModelInput> days) =>
        [.. days.Skip(1).Select((day, i) => new Transition(days[i].Kind, day.Kind))];
}
