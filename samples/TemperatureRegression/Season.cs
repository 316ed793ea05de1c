using Microsoft.ML.Transforms;

namespace TemperatureRegression;

/// <summary>Where in the year a day is, as a point on a circle: the last of December lies beside the first of January.</summary>
public sealed class Season
{
    public float Sine { get; set; }

    public float Cosine { get; set; }

    /// <summary>What is read of a day.</summary>
    public sealed class Input
    {
        public DateTime Date { get; set; }
    }

    /// <summary>Makes the mapping for a pipeline; a model that is loaded finds it by the name of its contract.</summary>
    [CustomMappingFactoryAttribute(Contract)]
    public sealed class Factory : CustomMappingFactory<Input, Season>
    {
        public const string Contract = "Season";

        public override Action<Input, Season> GetMapping() => Map;

        public static void Map(Input day, Season season) =>
            (season.Sine, season.Cosine) = MathF.SinCos(MathF.Tau * day.Date.DayOfYear / 365.25f);
    }
}
