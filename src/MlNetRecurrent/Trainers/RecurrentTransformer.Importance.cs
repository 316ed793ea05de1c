namespace MlNetRecurrent;

/// <content>The first feature column, which ML.NET's PermutationFeatureImportance reads. Its overloads for any
/// <see cref="ITransformer"/> require the internal interface.</content>
public sealed partial class RecurrentTransformer : ISingleFeaturePredictionTransformer<object>, ISingleFeaturePredictionTransformer
{
    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => Model.Inputs.First.Name;

    string ISingleFeaturePredictionTransformer.FeatureColumnName => Model.Inputs.First.Name;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => Model.Inputs.First.HoldsTokens
        ? new VectorDataViewType(new KeyDataViewType(typeof(uint), Model.Inputs.First.Tokens - 1))
        : new VectorDataViewType(NumberDataViewType.Single, 0, Model.Inputs.First.Features);

    object IPredictionTransformer<object>.Model => Model;
}
