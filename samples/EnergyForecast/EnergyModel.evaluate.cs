// Measures the model, beside forecasts that need no learning.
using Microsoft.ML;

namespace EnergyForecast;

public static partial class EnergyModel
{
    private const int HoursOfDay = 24, HoursOfWeek = 168;

    /// <summary>Forecasts two days from the end of each day, and compares them with what came.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The hours in order of time, with those of the training, since the model reads what precedes a forecast.</param>
    /// <param name="testBegins">The first hour that was not in the training.</param>
    /// <returns>The errors of the two forecasts without learning and of the network, in this order.</returns>
    public static ForecastErrors[] Evaluate(ITransformer model, IEnumerable<ModelInput> rows, DateTime testBegins)
    {
        var yesterday = new ForecastErrors("same hour yesterday");
        var lastWeek = new ForecastErrors("same hour last week");
        var network = new ForecastErrors("LSTM");
        foreach (IGrouping<string, ModelOutput> series in PredictAll(model, rows).GroupBy(row => row.Substation))
        {
            ModelOutput[] hours = [.. series];
            float[] demand = [.. hours.Select(hour => hour.Demand)];
            int first = Array.FindIndex(hours, hour => hour.Time == testBegins) - 1;
            for (int origin = first; origin + Horizon < hours.Length; origin += HoursOfDay)
            {
                float[] actual = demand[(origin + 1)..(origin + 1 + Horizon)];
                yesterday.Add(actual, Repeat(demand, origin, HoursOfDay));
                lastWeek.Add(actual, Repeat(demand, origin, HoursOfWeek));
                network.Add(actual, hours[origin].Forecast, hours[origin].Quantile(0), hours[origin].Quantile(2));
            }
        }
        return [yesterday, lastWeek, network];
    }

    /// <summary>The last known values at the same place of a period.</summary>
    private static float[] Repeat(float[] demand, int origin, int period) =>
        [.. Enumerable.Range(0, Horizon).Select(step => demand[origin + 1 - period + step % period])];
}
