using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Reproductions.Bikes;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>An hour of bike sharing: the rentals, and what is known ahead.</summary>
internal sealed class BikeForecastRow
{
    public DateTime Time { get; set; }

    public float Count { get; set; }

    [KeyType(24)]
    public uint HourOfDay { get; set; }

    [KeyType(7)]
    public uint Weekday { get; set; }

    public bool IsWorkingDay { get; set; }

    public static BikeForecastRow[] Read(MLContext ml, string path) =>
    [
        .. BikeHour.Read(ml, path).Select(hour => new BikeForecastRow
        {
            Time = hour.Time(),
            Count = hour.Count,
            HourOfDay = (uint)hour.HourOfDay + 1,
            Weekday = (uint)hour.Weekday + 1,
            IsWorkingDay = hour.WorkingDay == 1,
        }),
    ];
}
