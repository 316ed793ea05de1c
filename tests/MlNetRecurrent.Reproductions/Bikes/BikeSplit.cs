using Microsoft.ML;

namespace MlNetRecurrent.Reproductions.Bikes;

/// <summary>
/// The training hours, and the later hours for the test, as rows of the same hours in the same order: those with the past alone, and those
/// with the hour to predict. The first rows of the test reach back into the training hours.
/// </summary>
internal sealed record BikeSplit(BikeRows<BikeWindow> Windows, BikeRows<BikeOutlook> Outlooks)
{
    /// <summary>The files' own split, 13,949 hours and the 3,430 after them; to validate, the last 2,000 of the 13,949.</summary>
    public static BikeSplit Read(MLContext ml, string folder, bool validate)
    {
        BikeHour[] hours = BikeHour.Read(ml, Path.Combine(folder, "hour_train.csv"));
        int training = validate ? hours.Length - 2000 : hours.Length;
        if (!validate)
            hours = [.. hours, .. BikeHour.Read(ml, Path.Combine(folder, "hour_test.csv"))];
        return new(
            new([.. BikeWindow.Cut(hours[..training], from: 0)], [.. BikeWindow.Cut(hours, from: training)]),
            new([.. BikeOutlook.Cut(hours[..training], from: 0)], [.. BikeOutlook.Cut(hours, from: training)]));
    }

    /// <summary>The error of a forecast that needs no network.</summary>
    public double RootMeanSquaredError(Func<BikeWindow, float> forecast) =>
        Math.Sqrt(Windows.Test.Average(window => Math.Pow(forecast(window) - window.Label, 2)));
}

/// <summary>Rows to train on, and those of the test.</summary>
internal sealed record BikeRows<T>(T[] Training, T[] Test)
    where T : class;
