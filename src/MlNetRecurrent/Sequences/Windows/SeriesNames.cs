using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>What a series is called in warnings: the text of its value, of a key the value that stands behind it.</summary>
internal static class SeriesNames
{
    public static Func<object, string> Of(DataViewSchema.Column? column)
    {
        string[]? texts = column is { Type: KeyDataViewType } key ? LabelValues.Read(key)?.Texts : null;
        return value =>
        {
            string name = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (texts is null || !ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out ulong place))
                return name;
            return place >= 1 && place <= (ulong)texts.Length ? texts[place - 1] : name;
        };
    }
}
