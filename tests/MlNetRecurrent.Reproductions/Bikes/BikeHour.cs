using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>An hour of bike sharing in Washington.</summary>
internal sealed class BikeHour
{
    [LoadColumn(1)]
    public DateTime Date { get; set; }

    [LoadColumn(2)]
    public float Season { get; set; }

    [LoadColumn(5)]
    public float HourOfDay { get; set; }

    [LoadColumn(6)]
    public float Holiday { get; set; }

    /// <summary>From Sunday, 0.</summary>
    [LoadColumn(7)]
    public float Weekday { get; set; }

    [LoadColumn(8)]
    public float WorkingDay { get; set; }

    /// <summary>From clear, 1, to heavy rain or snow, 4.</summary>
    [LoadColumn(9)]
    public float Weather { get; set; }

    [LoadColumn(10)]
    public float Temperature { get; set; }

    [LoadColumn(12)]
    public float Humidity { get; set; }

    [LoadColumn(13)]
    public float Wind { get; set; }

    /// <summary>The rentals of users without a membership.</summary>
    [LoadColumn(14)]
    public float Casual { get; set; }

    /// <summary>The rentals of members.</summary>
    [LoadColumn(15)]
    public float Registered { get; set; }

    /// <summary>The sum of the two.</summary>
    [LoadColumn(16)]
    public float Count { get; set; }

    public DateTime Time() => Date.AddHours(HourOfDay);

    public static BikeHour[] Read(MLContext ml, string path)
    {
        IDataView hours = ml.Data.LoadFromTextFile<BikeHour>(path, separatorChar: ',', hasHeader: true);
        return [.. ml.Data.CreateEnumerable<BikeHour>(hours, reuseRowObject: false)];
    }
}
