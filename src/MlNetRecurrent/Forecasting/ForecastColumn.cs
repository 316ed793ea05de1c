using System.Text.Json.Serialization;

namespace MlNetRecurrent.Forecasting;

/// <summary>A column with numbers of each row: a number, a yes or no, a vector of numbers, or a key, which is read as one-hot.</summary>
/// <param name="Name">The name.</param>
/// <param name="Size">The number of values that it gives to a step.</param>
internal sealed record ForecastColumn(string Name, int Size)
{
    private const int MostKeys = 1 << 12;

    /// <summary>Whether it is a key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsKey { get; init; }

    /// <summary>The hash of the values of the keys; null where it is none or they are unknown.</summary>
    public string? KeyHash { get; init; }

    /// <exception cref="InvalidOperationException">The column cannot be read.</exception>
    public static ForecastColumn Of(DataViewSchema.Column column, string role)
    {
        switch (column.Type)
        {
            case KeyDataViewType { Count: > 0 and <= MostKeys } key:
                return new(column.Name, (int)key.Count) { IsKey = true, KeyHash = KeyMeaning.HashOf(column) };
            case VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType item } vector when item == NumberDataViewType.Single:
                return new(column.Name, vector.Size);
            case BooleanDataViewType:
                return new(column.Name, 1);
            default:
                return column.Type == NumberDataViewType.Single
                    ? new(column.Name, 1)
                    : throw new InvalidOperationException(
                        $"{role} '{column.Name}' is {column.Type}; expected Single, Boolean, a vector of Single of known size, or a key " +
                        $"of at most {MostKeys} values (ConvertType makes numbers Single, MapValueToKey makes text keys).");
        }
    }

    /// <exception cref="InvalidOperationException">The column is not what the model was trained on.</exception>
    public void ThrowIfNot(DataViewSchema.Column column, string role)
    {
        ForecastColumn found = Of(column, role);
        if (found.Size != Size || found.IsKey != IsKey)
        {
            string expected = IsKey ? $"a key of {Size} values" : Size == 1 ? "one number" : $"{Size} numbers";
            throw new InvalidOperationException($"{role} '{Name}' is {column.Type}; the model was trained on {expected}.");
        }
        if (KeyMeaning.Differ(KeyHash, found.KeyHash))
            throw new InvalidOperationException(KeyMeaning.Describe($"{role} '{Name}'", Size, "the model was trained on"));
    }
}
